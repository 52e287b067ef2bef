"""What a plan has to say about a row: why it is left out, or what a person should look at although it comes in."""

from dataclasses import dataclass
from datetime import date

from desktop.intake.vocabulary import label
from i18n import N_, Words


@dataclass(frozen=True)
class Field:
    """A field of a file, by the heading it has there; one without a heading is named in the reader's language."""

    code: str
    heading: str = ""


@dataclass(frozen=True)
class Ours:
    """Words of the program: a field of the record, a choice of one."""

    message: str


Named = str | int | date | Field | Ours | tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A sentence and the values in it."""

    message: str
    named: tuple[tuple[str, Named], ...] = ()

    def text(self, words: Words) -> str:
        """The sentence as the reader's language says it."""
        return words.gettext(self.message).format(**{gap: _shown(value, words) for gap, value in self.named})


def finding(message: str, **named: Named) -> Finding:
    """A sentence with its values."""
    return Finding(message, tuple(named.items()))


def _shown(value: Named, words: Words) -> str:
    match value:
        case Field(code, heading):
            return _shown(" ".join(heading.split()), words) if heading else label(code, words.language)
        case Ours(message):
            return words.gettext(message)
        case int():
            return words.number(value)
        case date():
            return words.date(value)
        case tuple():
            return words.list([words.isolate(each) for each in value])
        case str():
            return words.isolate(value if len(value) <= 80 else value[:79] + "…")


END_BEFORE_START = N_("It ends on {end}, before it starts on {start}.")
NOT_A_DAY = N_("“{field}” says {value}, which is no date.")
DAY_TWO_WAYS = N_("“{field}” says {value}, which may be two dates. Write the month in letters.")
NOT_A_MONTH = N_("“{field}” says {value}, which is no month.")
NOT_A_COUNT = N_("“{field}” says {value}, which is no whole number.")
COUNT_TWO_WAYS = N_("“{field}” says {value}, which may be two numbers. Write it without a separator.")
NOT_YES_OR_NO = N_("“{field}” says {value}, which is neither yes nor no.")
BELOW_ZERO = N_("“{field}” says {value}: a count cannot be below zero.")
TOO_LARGE = N_("“{field}” says {value}: that is more people than there are.")
TOO_LONG = N_("“{field}” is longer than {longest} characters.")
UNSEEN = N_("“{field}” holds characters that cannot be seen. Type it again.")
NO_ORGANISATION = N_("No organisation is named.")
NO_ACTIVITY = N_("Neither an activity nor a sector is named.")
NO_PERIOD = N_("No month is given for the figures.")
NO_PLACE_CODE = N_("The place has no code or no name.")
NO_LEVEL = N_("“{value}” is no administrative level.")
NO_DAY = N_("No date is given for the figure.")
NO_FIGURE = N_("No figure is given.")
SAME_CODE_TWICE = N_("Another row of this file has the same code {value}.")

START_MISSING = N_("The start date is missing.")
START_UNREADABLE = N_("The start date could not be read: the cell holds {value}.")
FIFTH_OF_CLUSTER = N_("This row alone holds over a fifth of the people of its cluster.")
SAME_FIGURE = N_("One project has the same figure, {count}, in several places ({places}).")
PARTS_EXCEED = N_("The parts add up to {parts}, the total says {total}.")

NO_START_COLUMN = N_("The file has no start dates: they are kept as not stated.")
CHANGES = N_("“{field}” becomes {after}; it was {before}.")
LINK_CHANGES = N_("“{field}” changes.")
NOTHING = N_("nothing")

OUR_OWN = N_("Rows that this very record wrote are left as they are: {count}.")
NOT_BROUGHT = N_("Columns left in the file: {columns}.")
RECEIVED = N_("It is kept as the report of {partner}, received on {day}.")
"""What is said once of the whole file."""
