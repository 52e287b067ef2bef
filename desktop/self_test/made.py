"""Work done from end to end: a workbook comes in, and reports go out, through the other process as in the window."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import resources
from db.commands.arrivals import bring_in
from db.queries.arrivals import Held, held
from db.queries.entries import entries_like
from db.queries.names import id_of
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import FORMS, Order, clear, gather
from desktop.deliver import made as make
from desktop.guard.audiences import Audience
from desktop.guard.tables import Tables
from desktop.intake.mapping import Holds
from desktop.intake.plan import Plan
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from desktop.render.sheet import write_xlsx
from desktop.reports.offer import REPORTS
from desktop.reports.report import Asked, Report
from desktop.reports.sheet import Sheet
from desktop.self_test.trial import Found, NotShown, Trial, ok
from i18n import LANGUAGES, N_, Words

_HEADINGS = ("Nom de l’organisation", "Activité", "Secteur", "Date de début", "Femmes atteintes", "Hommes atteints")
_ROWS = (
    ("Association d’essai 1", "Écoute", "Protection de l’enfance", date(2026, 1, 5), 3, 2),
    *(
        (f"Association d’essai {number}", f"Accueil {number}", "Protection", date(2026, 1, number), 40 + number, 30)
        for number in range(2, 6)
    ),
)
"""Five people of one area are fewer than a donor is told of."""
QUICK = (("protection-overview",), ("fr", "ar"))
"""What the quick test makes: one report, in a language of each direction."""


def worker(trial: Trial) -> Found:
    """The process that reads foreign files and makes reports starts, and answers."""
    if trial.elsewhere(os.getpid) == os.getpid():
        raise NotShown(N_("The other process did not start."))
    return ok(N_("The process that reads foreign files and makes reports starts and answers."))


def workbook(trial: Trial) -> Found:
    """A workbook made on the spot comes in as a plan, and by undo goes out again."""
    record, file = trial.needs_record(), trial.folder / "essai.xlsx"
    file.write_bytes(write_xlsx(Sheet("Essai", _HEADINGS, _ROWS, "ltr", date(2026, 1, 31))))
    planned: Plan = trial.elsewhere(_planned, file, record.read(held, Holds.ACTIVITIES.value))
    before = len(record.read(held, Holds.ACTIVITIES.value).activities)
    record.write(bring_in, planned.arrival)
    came = len(record.read(held, Holds.ACTIVITIES.value).activities) - before
    if came != len(_ROWS):
        raise NotShown(N_("{came} of {count} rows of a workbook came in."), came=came, count=len(_ROWS))
    return ok(N_("A workbook of {count} rows was read, planned and brought in."), count=came)


def _planned(file: Path, known: Held) -> Plan:
    book = read_workbook(file)
    return plan(book, mapping_for(book, holds=Holds.ACTIVITIES), known)


def reports(trial: Trial) -> Found:
    """Every report on offer, in every language and format, each opened again; one of them where it is quick."""
    record = trial.needs_record()
    names, languages = QUICK if trial.quick else (tuple(report.name for report in REPORTS), LANGUAGES)
    offered = [report for report in REPORTS if report.name in names]
    whole, hidden = trial.progress, 0
    for number, report in enumerate(offered):
        asked = _asked(record, report, trial)
        orders = [Order(report.name, asked, language, form) for language in languages for form in FORMS]
        trial.progress = _part_of(whole, number, len(offered))
        hid, failed = trial.elsewhere(_make_all, gather(record, orders[0]), orders, told=True)
        hidden += hid
        if failed:
            order, reason = failed
            raise NotShown(
                N_("The report {report} in {language} as {form} could not be made: {reason}"),
                report=order.report,
                language=order.language,
                form=order.form,
                reason=reason,
            )
    if not hidden:
        raise NotShown(N_("Small numbers of people were not hidden from a donor. Do not use this copy."))
    return ok(
        N_("{count} reports were made and opened again, in {languages}, as {forms}."),
        count=len(offered) * len(languages) * len(FORMS),
        languages=[Words.of(language).language_name(language) for language in languages],
        forms=list(FORMS),
    )


def _asked(record: Record, report: Report, trial: Trial) -> Asked:
    """What this report cannot do without, from the practice office."""
    audience = report.only or (Audience.PARTNER if report.name == "held" else Audience.DONOR)
    if trial.quick:
        return Asked(audience=audience)
    office = json.loads(resources.path("sample/office.json").read_text(encoding="utf-8"))
    names = {one["code"]: one["values"]["name"] for one in office["organisations"]}
    sides: dict[str, Callable[[], Any]] = {
        "donor": lambda: record.read(id_of, "donor", names[office["contributions"][0]["donor"]]),
        "partner": lambda: record.read(id_of, "partner", names[office["activities"][0]["partner"]]),
        "contribution": lambda: record.read(entries_like, "contribution", "")[0][0],
        "framework": lambda: record.read(entries_like, "framework", "")[0][0],
        "starts_on": lambda: date(2026, 1, 1),
        "ends_on": lambda: date(2026, 12, 31),
    }
    needs = {*report.needs, *({"contribution"} & {*report.asks})}
    if report.name == "calendar":
        needs.add("donor")  # outside the office it is told of one organisation
    chosen = {side: sides[side]() for side in needs}
    scope = Scope(**{side: value for side, value in chosen.items() if side in Scope.__dataclass_fields__})
    others = {side: value for side, value in chosen.items() if side not in Scope.__dataclass_fields__}
    return replace(Asked(scope, audience), **others)


def _make_all(
    tables: Tables, orders: Iterable[Order], progress: Callable[[float], object]
) -> tuple[int, tuple[Order, str] | None]:
    """How many counts were hidden, and the first order that could not be made, with why; in the other process."""
    orders = tuple(orders)
    cleared = clear(tables, orders[0].asked)
    hidden = cleared.released.notes.hidden
    for number, order in enumerate(orders, start=1):
        try:
            made = make(cleared, order)
            _open(made.content, order.form)
        except Exception as error:  # noqa: BLE001 # whatever it is, it is told with the report that it befell
            return hidden, (order, f"{type(error).__name__}: {error}")
        if made.unprintable:
            return hidden, (order, made.unprintable)
        progress(number / len(orders))
    return hidden, None


def _open(content: bytes, form: str) -> None:
    """Read the file again, as far as whoever gets it does."""
    match form:
        case "pdf":
            import pypdfium2

            with pypdfium2.PdfDocument(content) as document:
                said = bool(len(document) and document[0].get_textpage().get_text_range().strip())
        case "text":
            said = bool(content.decode().strip())
        case _:
            said = zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    if not said:
        raise ValueError(form)


def _part_of(whole: Callable[[float], object], number: int, count: int) -> Callable[[float], object]:
    return lambda part: whole((number + part) / count)
