"""The verb that proves that this copy works: a line a check, or one JSON object for a machine."""

import argparse
import json
import sys

from db.errors import RecordError
from desktop import VERSION, self_test
from desktop.cli.printing import say
from i18n import N_, Words


class Broken(RecordError):
    message = N_("This copy of Jalon does not work as it should: {checks}.")


def run(called: argparse.Namespace, words: Words) -> None:
    """Carry out the self-test, and refuse where anything failed."""
    if not called.json:
        head = words.gettext("Jalon {version} on {system}")
        say(head.format(version=VERSION, system=words.isolate(self_test.system())))
    with self_test.Trial(quick=called.quick) as trial:
        told = self_test.prove(
            trial,
            lambda check, number: _begins(trial, check, number, words),
            lambda check, found: None if called.json else _line(check, found, words),
        )
    failed = [words.gettext(check.title) for check, found in told if found.outcome == "not"]
    if called.json:
        checks = [{"name": check.name, "outcome": found.outcome, "reason": found.said(words)} for check, found in told]
        told_of = {"version": VERSION, "system": self_test.system(), "frozen": bool(getattr(sys, "frozen", False))}
        print(
            json.dumps({**told_of, "quick": called.quick, "passed": not failed, "checks": checks}, ensure_ascii=False)
        )
    if failed:
        raise Broken(checks=failed)
    if not called.json:
        say(words.gettext("This copy works."))


def _begins(trial: self_test.Trial, check: self_test.Check, number: int, words: Words) -> None:
    said = words.gettext("{number} of {count}: {check}…")
    title, count = words.gettext(check.title), words.number(len(self_test.asked(quick=trial.quick)))
    say(said.format(number=words.number(number + 1), count=count, check=title), aside=True)
    tenths = [0]

    def progress(part: float) -> None:
        if int(part * 10) > tenths[0]:
            tenths[0] = int(part * 10)
            said = words.gettext("{check}: {part}")
            say(said.format(check=title, part=words.percent(tenths[0] / 10)), aside=True)

    trial.progress = progress


def _line(check: self_test.Check, found: self_test.Found, words: Words) -> None:
    said = words.gettext("{outcome} · {check}: {reason}")
    outcome = words.gettext(self_test.OUTCOMES[found.outcome])
    say(said.format(outcome=outcome, check=words.gettext(check.title), reason=found.said(words)))
