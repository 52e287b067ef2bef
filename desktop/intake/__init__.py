"""Files in: from a workbook to a plan of changes."""
