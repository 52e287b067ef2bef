"""Hostile bytes for every reader of foreign files: mutants of a small kept corpus, counted by what becomes of them."""
