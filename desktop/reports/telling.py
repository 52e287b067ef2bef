"""What the writer of a file is told before it leaves: how much of it the guard hid, and what made it do so."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.guard.released import EarlierFile, Notes, Standing
from desktop.reports.document import Block, Table
from desktop.reports.offer import REPORTS
from desktop.reports.prose_checks import TYPED, numbers_in, texts_of
from desktop.reports.report import WritersWords
from i18n import N_, Words


@dataclass(frozen=True)
class HeldBack:
    """A count that the writer should know of: the table or figure it stands in, why, and the records behind it."""

    where: str
    """In words, where the report has a table of that name."""
    why: str
    behind: object = None


EARLIER = N_("Hidden: what left earlier would give others away beside it.")
EXCEPTED = N_("Below the threshold, and shown by a written exception.")


def held_back(notes: Notes, blocks: Sequence[Block], words: Words) -> Iterator[HeldBack]:
    """The counts that only earlier files forbid, and those that only an exception allows, for a list of them."""
    titles = {block.name: block.title for block in blocks if isinstance(block, Table)}

    def listed(standing: Iterable[Standing], why: str) -> Iterator[HeldBack]:
        for one in dict.fromkeys(standing):
            yield HeldBack(titles.get(one.where, words.gettext("Key figures")), words.gettext(why), one.behind)

    yield from listed(notes.held_back, EARLIER)
    yield from listed(notes.excepted, EXCEPTED)


def typed(own: WritersWords, unsaid: Collection[int], words: Words) -> Iterator[str]:
    """The numbers in the writer's words that are counts its readers are not told; prose is printed as it is written."""
    lines = (own.title, own.summary, *own.highlights, *(part.heading for part in own.parts))
    texts = [(line, own.language or words.language) for line in lines]
    others = (*own.titles, *own.summaries, *(one for part in own.parts for one in part.headings))
    texts += [(one.text, one.language) for one in others]
    for told in (each for part in own.parts if part.shown for each in part.told):
        texts += [(text, told.language) for text in texts_of(told.prose)]
    for number in dict.fromkeys(number for text in texts for number in numbers_in(*text)):
        if number in unsaid:
            yield words.gettext(TYPED).format(number=words.number(number))


def told(notes: Notes, words: Words) -> Iterator[str]:
    """Whole sentences, none where nothing was hidden and all earlier files are known."""
    if notes.hidden:
        said = words.ngettext(
            "{count} figure is hidden, of {cells} that count people ({share}).",
            "{count} figures are hidden, of {cells} that count people ({share}).",
            notes.hidden,
        )
        yield said.format(
            count=words.number(notes.hidden), cells=words.number(notes.cells), share=words.percent(notes.share)
        )
    if notes.rounded_to:
        said = words.gettext(
            "Counts of people are rounded to the nearest {number}: parts need not add up to their total."
        )
        yield said.format(number=words.number(notes.rounded_to))
    if notes.excepted:
        said = words.ngettext(
            "{count} figure below the threshold is shown by a written exception; the register keeps which one.",
            "{count} figures below the threshold are shown by a written exception; the register keeps which one.",
            len(notes.excepted),
        )
        yield said.format(count=words.number(len(notes.excepted)))
    if notes.left_out:
        yield words.gettext("Counts of sensitive kinds are left out: they do not leave to these readers.")
    if notes.earlier:
        said = words.ngettext(
            "{count} of them could be shown, but would give hidden ones away to who holds what left earlier: {files}.",
            "{count} of them could be shown, but would give hidden ones away to who holds what left earlier: {files}.",
            notes.earlier,
        )
        yield said.format(count=words.number(notes.earlier), files=_listed(notes.because_of, words))
    if notes.given_away:
        said = words.ngettext(
            "Of {count} hidden figure, what left earlier tells more than it should, and hiding cannot help.",
            "Of {count} hidden figures, what left earlier tells more than it should, and hiding cannot help.",
            notes.given_away,
        )
        yield said.format(count=words.number(notes.given_away))
    if notes.not_weighed:
        said = words.ngettext(
            "What is in {count} earlier file was not kept: nobody knows what can be worked out with it: {files}.",
            "What is in {count} earlier files was not kept: nobody knows what can be worked out with them: {files}.",
            len(notes.not_weighed),
        )
        yield said.format(count=words.number(len(notes.not_weighed)), files=_listed(notes.not_weighed, words))


def _listed(files: Iterable[EarlierFile], words: Words) -> str:
    titles = {report.name: words.gettext(report.title) for report in REPORTS} | {"fivew": words.gettext("5W")}
    named = dict.fromkeys((titles.get(file.name, file.name), file.at.date()) for file in files)
    gap = words.gettext("{title}, {day}")
    return "; ".join(gap.format(title=title, day=words.date(day)) for title, day in named)
