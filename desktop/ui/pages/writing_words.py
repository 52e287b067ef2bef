"""What a report asks for and says while somebody writes it: the text being typed among what was saved."""

from dataclasses import replace

from db.commands.frozen_stays import FINISHED
from db.prose import Prose
from db.queries.reports import Written
from desktop.reports.report import Asked, PartWords, Told, WritersWords
from desktop.reports.written import asked_of
from desktop.ui.pages.writing_drafts import Page
from desktop.ui.pages.writing_order import Placed


def words_as_typed(found: Written, page: Page | None, typed: Prose) -> WritersWords:
    """The writer's words as they stand on the desk."""
    own = asked_of(found).own
    if page is None or page.report != found.id:
        return own
    standing = "original" if page.language == own.language else (page.held.status if page.held else "draft")
    parts = {one.part: one for one in own.parts}
    before = parts.get(page.part, PartWords(page.part))
    told = tuple(one for one in before.told if one.language != page.language)
    if typed or page.held is not None:
        told = (*told, Told(page.language, typed, standing))
    return replace(own, parts=tuple((parts | {page.part: replace(before, told=told)}).values()))


def page_of(found: Written, placed: Placed, language: str) -> Page:
    """The text of a part in a language, beside its source where it is a translation."""
    section, original = placed.section, found.values["language"]
    return Page(
        found.id,
        placed.part.name,
        placed.title_in(language),
        language,
        section.text(language) if section else None,
        section.text(original) if section and language != original else None,
        section.words if section and section.words else placed.part.words,
        still_written(found),
    )


def still_written(found: Written) -> bool:
    """Whether its words can still be changed."""
    return found.values["status"] not in FINISHED


def without_words(asked: Asked) -> Asked:
    """What is asked of the record: whoever changes words alone has nothing counted anew."""
    silent = replace(asked.own, parts=(), title="", titles=(), summary="", summaries=(), reference="", highlights=())
    return replace(asked, own=silent)


def kept_pages(found: Written, language: str) -> str | None:
    """The digest of the newest frozen PDF in this language."""
    files = (file for frozen in found.frozen for file in frozen.files if file.file.lower().endswith(".pdf"))
    return next((file.digest for file in files if file.language == language), None)
