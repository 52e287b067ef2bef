"""The verb that shows what the organisation's IT has settled for this computer, and from where."""

import argparse
import json
from typing import Any

from desktop import policies
from desktop.cli.printing import say, table
from i18n import N_, Words

TITLES = {
    "language": N_("Language of the window"),
    "languages": N_("Languages on offer"),
    "records_folder": N_("Folder for new records"),
    "reports_folder": N_("Folder for reports"),
    "second_place": N_("Second place of the copies"),
    "lock_after_at_most": N_("The record is locked after, at most"),
    "passphrase_at_least": N_("A new passphrase has, at least"),
    "keyring": N_("The system's keyring may keep the key"),
    "updates": N_("Updates from a file"),
}


def show(called: argparse.Namespace, words: Words) -> None:
    """What holds here; a file that cannot be relied on was said before."""
    settled = policies.load()
    told = policies.told(settled)
    if called.json:
        path = str(settled.path) if settled.path else None
        print(json.dumps({"path": path, "faults": settled.news(words), **told}, ensure_ascii=False))
        return
    if settled.path is None:
        said = words.gettext("Your organisation's IT has settled nothing for this computer. It would stand in {path}.")
        say(said.format(path=words.isolate(str(policies.machine_place()))))
        return
    say(words.gettext("Settled in {path}:").format(path=words.isolate(str(settled.path))))
    heads = (words.gettext("What"), words.gettext("As IT has settled it"))
    say(table(heads, [(words.gettext(title), _value(name, told[name], words)) for name, title in TITLES.items()]))


def _value(name: str, value: Any, words: Words) -> str:
    match name, value:
        case _, None:
            return words.gettext("left to you")
        case _, bool():
            return words.gettext("Yes") if value else words.gettext("No")
        case "lock_after_at_most", _:
            return words.ngettext("{count} minute", "{count} minutes", value).format(count=words.number(value))
        case "passphrase_at_least", _:
            return words.ngettext("{count} character", "{count} characters", value).format(count=words.number(value))
        case "language", _:
            return words.language_name(value)
        case "languages", _:
            return words.list([words.language_name(one) for one in value])
        case _:
            return words.isolate(str(value))
