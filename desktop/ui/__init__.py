"""The window; the only room that knows Qt."""

# Before Qt, which reads the source of every module imported after it: words and choices are needed for the first paint.
import desktop.settings
import i18n

__all__ = ["desktop", "i18n"]
