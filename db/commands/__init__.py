"""What can be done to the record, a function a deed."""
