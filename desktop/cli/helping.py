"""The verb that prints the help: its topics, or the text of one."""

import argparse

from desktop.cli.printing import say
from desktop.topics import GROUPS, spoken, title_of, topics
from i18n import Words


def helping(called: argparse.Namespace, words: Words) -> None:
    """Print a topic, or what topics there are."""
    if called.topic is not None:
        say(spoken(called.topic, words.language))
        return
    for group, title in GROUPS:
        say(words.gettext(title))
        for each in topics().values():
            if each.group == group:
                say(f"  {each.key:<16}{title_of(each.key, words.language)}")
