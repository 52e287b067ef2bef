"""The verbs: what the window does, for people at a terminal, for scripts and for tests.

Every verb prints in one language what it did. It exits 0 when it did it; 1 when the input or the world refused, with
one clear line on standard error; 2 when it was called wrongly.
"""

import os
import sys
from io import TextIOWrapper

from db.errors import RecordError, UnstorableText
from db.slots import demand
from desktop import settings
from desktop.cli.calls import parser
from desktop.cli.printing import say
from desktop.cli.usage import WrongUsage
from desktop.opening import NoKey
from desktop.passing import sweep
from desktop.policies import load as settled_here
from i18n import Words
from i18n.catalogues import speaks

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def run(arguments: list[str]) -> int:
    """Carry out one verb and return its exit code."""
    words = Words.of(_language(arguments))
    for stream in (sys.stdout, sys.stderr):
        # Where output goes to a file, some systems write it in an alphabet of their own.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sweep()
    try:
        called = parser(words).parse_args(arguments)
        settled = settled_here()
        demand(settled.passphrase_at_least)
        for sentence in settled.news(words):
            say(sentence, aside=True)
        called.does(called, words)
        if sys.stdout:  # a program with windows has nowhere to print
            sys.stdout.flush()
    except NoKey as refused:
        return _say(words.gettext(refused.message).format(**refused.values(words)), WRONG_USAGE)
    except RecordError as refused:
        return _say(words.gettext(refused.message).format(**refused.values(words)), REFUSED)
    except UnicodeEncodeError:
        # Half a character, as only a broken name or a machine passes one on.
        return _say(words.gettext(UnstorableText.message), REFUSED)
    except WrongUsage as wrong:
        return _say(str(wrong), WRONG_USAGE)
    except KeyboardInterrupt:
        return _say(words.gettext("Stopped. Nothing was changed."), REFUSED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _language(arguments: list[str]) -> str:
    """The language asked for, looked for before the rest is read, so that even a usage error is in it."""
    for place, argument in enumerate(arguments):
        name, given, value = argument.partition("=")
        if name == "--language":
            asked = value if given else (arguments[place + 1 : place + 2] or [""])[0]
            if speaks(asked):
                return asked
    return settings.screen_language()


def _say(sentence: str, code: int) -> int:
    say(sentence, aside=True)
    return code
