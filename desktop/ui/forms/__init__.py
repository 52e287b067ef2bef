"""Forms: laid out by hand; their words, their checks and their drafts are not."""
