"""The app around the record: files in, reports out, and the window."""
