"""The verb that brings an installed copy up to date from a file or a folder; a record can be copied first."""

import argparse

from desktop.apart import ask
from desktop.cli.printing import say
from desktop.cli.records import opened
from desktop.updates.fitting import find
from desktop.updates.place import here
from desktop.updates.staging import stage
from i18n import Words


def update(called: argparse.Namespace, words: Words) -> None:
    """Put the version that an update brings beside this one."""
    place = here()
    found = ask(find, called.update, place)
    if called.record:
        with opened(called, words, write=False) as record:
            copy = record.back_up()
        say(words.gettext("Verified copy: {file}").format(file=words.isolate(str(copy.path))))
    version = stage(found.path, place)
    said = words.gettext(
        "Version {version} is in place. The next start tries it, then goes on with it; where it fails, this one stays."
    )
    say(said.format(version=words.isolate(version)))
