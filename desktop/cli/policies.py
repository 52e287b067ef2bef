"""The verb that shows what the organisation's IT has settled for this computer, and from where."""

import argparse
import json

from desktop import policies
from desktop.cli.printing import say, table
from i18n import Words


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
    free = words.gettext("left to you")
    rows = [
        (words.gettext(title), free if told[name] is None else policies.in_words(name, told[name], words))
        for name, title in policies.TITLES.items()
    ]
    say(table(heads, rows))
