"""Lists of any length: ordered and filtered by the record, painted row by row."""
