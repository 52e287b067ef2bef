"""What can go wrong with the record, each in a sentence that says what to do.

An error carries its sentence as a msgid and its values as they are; whoever shows it puts both in words:
`words.gettext(error.message).format(**error.values(words))`.
"""

from i18n import N_, Words


class RecordError(Exception):
    """The world refused, or the person asked for what cannot be; nothing was changed."""

    message = N_("The record could not do that. Nothing was changed.")

    def values(self, words: Words) -> dict[str, str]:
        """The values for the gaps of the sentence, as the reader writes them."""
        return {}


class InvalidValue(RecordError):
    """A value of the wrong kind for its field."""

    message = N_("This value does not fit in the field “{field}”.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

    def values(self, words: Words) -> dict[str, str]:
        return {"field": words.gettext(self.field)}


class NeedsValue(InvalidValue):
    message = N_("“{field}” needs a value.")


class NotAChoice(InvalidValue):
    message = N_("“{field}” has to be one of its choices.")


class UnstorableValue(InvalidValue):
    message = N_("The text in “{field}” holds characters that cannot be kept. Type it again without them.")


class TooLong(InvalidValue):
    message = N_("The text in “{field}” is too long: at most {longest} characters.")

    def __init__(self, field: str, longest: int) -> None:
        super().__init__(field)
        self.longest = longest

    def values(self, words: Words) -> dict[str, str]:
        return super().values(words) | {"longest": words.number(self.longest)}
