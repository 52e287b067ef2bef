"""What is to be said of the text of a report, part by part and language by language; each point opens its text."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from db.fields import field_of
from db.models import SectionText
from db.queries.reports import Written, WrittenSection
from db.queries.texts import DRAFT
from desktop.reports.prose_checks import Checked, remarks
from desktop.reports.written import languages_of
from desktop.ui.composed import LivePart, Weighed
from desktop.ui.language import _, words
from desktop.ui.pages.writing_order import placed

GoTo = Callable[[str, str], object]
"""Opens the text of a part in a language."""
_UNOFFICIAL = (DRAFT, "reviewed")


@dataclass(frozen=True)
class Point:
    """Something to look at: what, where, and what opening it does."""

    said: str
    where: str
    opens: Callable[[], object]


def points_of_text(
    found: Written, weighed: Weighed, go_to: GoTo, told_of: Collection[str | None] = (), usage: str | None = None
) -> Iterator[Point]:
    """Of each part that stands; that one is empty is not said again of those that were told of already.

    `usage` is whose words the office uses.
    """
    for one in placed(weighed.parts, found.sections):
        if not one.shown:
            continue
        part, section = one.part, one.section
        asks = bool(part.prompt) and part.name not in told_of
        for language in languages_of(found):
            said = _said(found, weighed, part, section, language, asks=asks, usage=usage)
            title = words().isolate(one.title)
            where = _("{part}, {language}").format(part=title, language=words().language_name(language))
            yield from (Point(each, where, _opener(go_to, part.name, language)) for each in said)
    first = next((one.part.name for one in placed(weighed.parts, found.sections) if one.shown), "")
    for line in found.lines:
        for language in languages_of(found)[1:]:
            held = line.text(language)
            title, tongue = words().isolate(line.original), words().language_name(language)
            where = _("{part}, {language}").format(part=title, language=tongue)
            told = [_("This line is not translated yet.")] if held is None else _standing(held.status, held.outdated)
            yield from (Point(each, where, _opener(go_to, line.part or first, language)) for each in told)


def _said(
    found: Written,
    weighed: Weighed,
    part: LivePart,
    section: WrittenSection | None,
    language: str,
    *,
    asks: bool,
    usage: str | None,
) -> Iterator[str]:
    original = found.values["language"]
    text, source = (section.text(one) if section else None for one in (language, original))
    if text is None or not text.prose:
        if language == original and asks:
            yield _("Nothing is written here yet.")
        elif language != original and source is not None and source.prose:
            yield _("This part is not translated yet.")
        return
    if language != original:
        yield from _standing(text.status, text.outdated)
    most = section.words if section and section.words else part.words
    checked = Checked(text.prose, language, {one.name for one in weighed.figures}, weighed.hidden, most, usage)
    yield from (remark.said(words()) for remark in remarks(checked))


def _standing(status: str, outdated: bool) -> Iterator[str]:
    """What a reader of the page will see of a translation."""
    if outdated:
        yield _("The source has changed since this was written: it is a draft again.")
    elif status in _UNOFFICIAL:
        standing = _(field_of(SectionText.status).title_of(status))
        yield _("The page says that this translation is not official: {standing}.").format(standing=standing)


def _opener(go_to: GoTo, part: str, language: str) -> Callable[[], object]:
    return lambda: go_to(part, language)
