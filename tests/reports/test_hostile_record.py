"""Whatever stands in a text field of the record, in every report and format: nothing runs, links, loads or breaks."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.deeds import deed
from db.fields import Kind, fields_of
from db.prose import KINDS as KINDS_OF_PROSE
from db.prose import ProseBlock, Run
from db.queries.kinds import KINDS
from db.record import Record
from desktop.deliver import FORMS, Order, clear, gather, made
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.offer import REPORTS, report_called
from desktop.reports.report import Asked, EarlierVersion, PartWords, Signatory, Told, Worded, WritersWords
from tests.builders import copied
from tests.reports.every import asked_of

CORPUS = (
    '=cmd|"/C calc"!A0',
    "+SUM(1;1)*cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    '<img src="/etc/passwd"/><a href="file:///etc/passwd">x</a>',
    '<para fontSize="900">grand</para>',
    "http://example.invalid/hameçon",
    "javascript:alert(1)",
    "\\\\serveur\\partage\\fichier",
    "{{ 7*7 }} {% for x in y %}",
    "{name} {0} %s %(x)s",
    "\u202eevil 12 | total 5",
    "\u2068\u2068\u2068 sans fin",
    "]]> & &amp; &#x0;",
    "très " * 90,
    "sansaucunespaceniriendutout" * 15,
    "سطر عربي 12 (x) ٣",
    "\u0300\u0301\u0302" * 60,
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀",
    '"; DROP TABLE organisation; --',
    'w:instrText HYPERLINK "http://example.invalid"',
)


@deed("Say hostile things everywhere")
def say_hostile(session: Session) -> int:
    """Every text of every kind of thing that reports print, one of the corpus after the other."""
    texts, count = cycle(CORPUS), 0
    for entity in dict.fromkeys(kind.entity for kind in KINDS.values()):
        if entity.__tablename__ in ("person", "office"):
            continue
        keys = [key for key, each in fields_of(entity).items() if each.kind in (Kind.TEXT, Kind.LONG_TEXT)]
        for thing in session.scalars(select(entity).where(entity.removed_at.is_(None)).limit(40)):
            for key in keys:
                if getattr(thing, key):
                    setattr(thing, key, next(texts)[:450])
                    count += 1
    return count


@pytest.fixture(scope="module")
def hostile(practice_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = copied(practice_file, tmp_path_factory.mktemp("hostile") / "hostile.jalon")
    with Record.open(path, PRACTICE_PASSPHRASE) as record:
        assert record.write(say_hostile) > 200
        yield record


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_nothing_of_a_hostile_record_runs_links_or_loads(hostile: Record, name: str) -> None:
    asked = asked_of(hostile, report_called(name), Audience.INTERNAL)
    cleared = clear(gather(hostile, Order(name, asked, "fr", "pdf")), asked)
    for form, language in zip(FORMS, ("ar", "fr", "es", "en"), strict=True):
        content = made(cleared, Order(name, asked, language, form)).content
        CHECKS.get(form, lambda _content: None)(content)


def worded(text: str) -> tuple[Worded, ...]:
    return (Worded("fr", text, "draft"),)


def test_nothing_of_hostile_prose_runs_links_or_loads(hostile: Record) -> None:
    """The writer's own words: titles, headings, prose in another language, figures that are not there, signatures."""
    parts = report_called("protection-overview").parts(
        gather(hostile, Order("protection-overview", Asked(audience=Audience.INTERNAL), "fr", "pdf")).plain
    )
    blocks = tuple(
        ProseBlock((Run(text), Run(figure="no_such_figure"), Run(text, strong=True), Run(text, emphasis=True)), kind)
        for text, kind in zip(CORPUS, cycle(KINDS_OF_PROSE))
    )
    own = WritersWords(
        CORPUS[4],
        CORPUS[0],
        CORPUS[5],
        CORPUS[:8],
        CORPUS[12],
        CORPUS[13],
        "\n".join(CORPUS),
        tuple(
            PartWords(part.name, heading="x", told=(Told("es", blocks, "draft"),), headings=worded(CORPUS[7]))
            for part in parts
        ),
        titles=worded(CORPUS[4]),
        summaries=worded("\n".join(CORPUS)),
        replaces=EarlierVersion(CORPUS[6], CORPUS[5], 1),
        signatories=(Signatory(CORPUS[4], CORPUS[5]),),
    )
    asked = Asked(audience=Audience.INTERNAL, own=own)
    cleared = clear(gather(hostile, Order("protection-overview", asked, "fr", "pdf")), asked)
    for form in FORMS:
        CHECKS.get(form, lambda _content: None)(made(cleared, Order("protection-overview", asked, "fr", form)).content)


def check_pdf(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) < 150
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                assert "/A" not in annotation or annotation.A.S == "/GoTo"
        assert set(pdf.attachments) <= {"figures.csv", "figures.json"}
        if "figures.csv" in pdf.attachments:
            lines = pdf.attachments["figures.csv"].get_file().read_bytes().decode("utf-8-sig").splitlines()
            assert not [line for line in lines if re.search(r'(^|,)"?[=+@\t]', line)]


def check_docx(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            body = file.read(name)
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(body)
            assert b'TargetMode="External"' not in body
            assert b"<w:hyperlink r:id" not in body
            if name == "word/document.xml":
                fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<", body)
                assert all(re.match(rb"\s*(TOC|PAGE|NUMPAGES|PAGEREF)", one) for one in fields), fields


def check_xlsx(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert not [name for name in file.namelist() if "externalLink" in name or "vba" in name.lower()]
        for name in file.namelist():
            body = file.read(name)
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                ElementTree.fromstring(body)
                assert b"<hyperlink r:id" not in body
                # What a chart needs besides is asked of the cells beside it.
                assert all(re.fullmatch(rb"[-+*/()A-Z0-9]+", one) for one in re.findall(rb"<f>([^<]*)</f>", body))
            assert b'TargetMode="External"' not in body


CHECKS = {"pdf": check_pdf, "docx": check_docx, "xlsx": check_xlsx}
