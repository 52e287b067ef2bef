"""The figures of what faults do to a record: each counts, falls short where it must, and can be shown to fail."""
