"""The verb that brings the lines of a framework in from a donor's log frame: what the file says, before it is done."""

import argparse
import json

from db.commands.frameworks import bring_lines
from db.errors import RecordError
from db.models import Framework
from db.queries.indicators import our_indicators
from db.queries.names import id_called
from desktop.apart import ask
from desktop.cli.printing import say, say_some, table
from desktop.cli.records import opened
from desktop.intake.logframe import LogFramePlan, plan_log_frame, read_tables
from desktop.opening import passphrase_in
from i18n import N_, Words


class NeedsFramework(RecordError):
    message = N_("Say with --framework under which framework the lines go: its name, code or id.")


def import_log_frame(called: argparse.Namespace, words: Words) -> None:
    """Show which lines a file would add to a framework; add them with `--apply`."""
    if called.framework is None:
        raise NeedsFramework
    tables = ask(read_tables, called.file, passphrase_in(called.password_file) if called.password_file else None)
    with opened(called, words, write=called.apply) as record:
        framework = record.read(id_called, Framework, called.framework)
        planned = plan_log_frame(called.file.name, tables, record.read(our_indicators))
        # What only looks like one of ours is for a person to judge, in the window.
        links = [(one.code, one.indicator_id) for one in planned.proposed if one.nearness == 1]
        if called.apply:
            record.write(bring_lines, framework, {"lines": planned.lines, "links": links})
    if called.json:
        print(json.dumps(_for_machines(planned), ensure_ascii=False))
        return
    _show(planned, words)
    if called.apply:
        say(words.gettext("Brought in. “jalon undo” takes it back."))
    else:
        say(words.gettext("Nothing is changed yet. The same command with --apply brings the file in."))


def _show(planned: LogFramePlan, words: Words) -> None:
    heads = [words.gettext(name) for name in (N_("Code"), N_("Kind of line"), N_("Under"), N_("Name"))]
    rows = [[words.isolate(text or "") for text in (one.code, one.kind, one.parent, one.name)] for one in planned.lines]
    say(table(heads, rows))
    names = {line.code: line.name for line in planned.lines}
    ours = words.gettext("{line}: our indicator “{indicator}”, {likeness} alike")
    say_some(
        [
            ours.format(
                line=words.isolate(names[one.code]),
                indicator=words.isolate(one.name),
                likeness=words.percent(one.nearness),
            )
            for one in planned.proposed
        ],
        words,
    )
    if planned.unread:
        headings = [
            words.isolate(heading) or words.gettext("column {number}").format(number=words.number(number))
            for number, heading in planned.unread
        ]
        said = words.gettext("These columns are not understood and not brought in: {headings}.")
        say(said.format(headings=words.list(headings)))
    left = words.gettext("Left out: {row}")
    say_some([left.format(row=words.isolate(row)) for row in planned.left_out], words)


def _for_machines(planned: LogFramePlan) -> dict[str, object]:
    return {
        "lines": [
            {"code": one.code, "kind": one.kind, "parent": one.parent, "name": one.name} for one in planned.lines
        ],
        "without_code": list(planned.without_code),
        "indicators": [
            {"code": one.code, "indicator": str(one.indicator_id), "nearness": round(one.nearness, 3)}
            for one in planned.proposed
        ],
        "unread": [heading or number for number, heading in planned.unread],
        "left_out": list(planned.left_out),
    }
