"""Small numbers and sensitive records kept out of what leaves."""
