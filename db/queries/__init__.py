"""What can be asked of the record, in plain frozen answers."""
