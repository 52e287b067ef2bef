"""What the record holds, a module a subject."""
