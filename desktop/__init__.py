"""The app around the record: files in, reports out, and the window."""

VERSION = "0.5.0"
"""This program's version, as the changelog names it and as the record remembers what it issued."""
