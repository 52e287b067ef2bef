"""What the writer of a file is told of what the guard hid in it, and which earlier files made it do so."""

from collections.abc import Iterable, Iterator

from desktop.guard.released import EarlierFile, Notes
from desktop.reports.offer import REPORTS
from i18n import Words


def told(notes: Notes, words: Words) -> Iterator[str]:
    """Whole sentences, none where nothing was hidden and all earlier files are known."""
    if notes.hidden:
        said = words.ngettext("{count} figure is hidden.", "{count} figures are hidden.", notes.hidden)
        yield said.format(count=words.number(notes.hidden))
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
