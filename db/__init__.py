"""The record; the only package that knows SQLAlchemy and SQLite."""
