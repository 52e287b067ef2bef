"""What a document looks like: PDF, Word, Excel, text."""
