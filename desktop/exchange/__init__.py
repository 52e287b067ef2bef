"""Standards out: 5W with HXL."""
