"""The verb of the register: what left the record, and which confidential texts were opened in it."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from db.queries.issued import IssuedFile
from db.queries.registered import Entry, register
from desktop.cli.printing import say, table
from desktop.cli.records import opened
from desktop.reports.registered import COLUMNS
from i18n import Words


def show(called: argparse.Namespace, words: Words) -> None:
    """Who let what leave, or opened what, when and why; newest first."""
    with opened(called, words, write=False) as record:
        found = record.read(register)
    if called.json:
        print(json.dumps([_for_machines(one) for one in found], ensure_ascii=False, default=str))
    else:
        heads = [words.gettext(column.heading) for column in COLUMNS]
        say(table(heads, [tuple(column.text(one, words) for column in COLUMNS) for one in found]))


def _for_machines(one: Entry) -> dict[str, Any]:
    sort = "left" if isinstance(one, IssuedFile) else "opened"
    return {"sort": sort, **asdict(one), "at": one.at.isoformat()}
