"""The languages on offer, and which locale, digits and grouping stand behind a language tag.

`ar` writes Latin digits, as most agencies do; a country tag such as `ar-EG` or `fa-AF` brings its own digits.
"""

LANGUAGES = ("fr", "en", "es", "ar")
"""The languages the program is translated into, in the order they are offered."""
