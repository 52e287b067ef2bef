"""What a person should look at although the row comes in: missing starts, figures that stand out, parts that exceed.

Wholes are taken over every good row of the file, whether or not the record holds it, so that a row is remarked on the
same way each time it comes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection

from desktop.intake import findings
from desktop.intake.fields import Measure
from desktop.intake.findings import Finding, finding
from desktop.intake.vocabulary import heading_key
from desktop.intake.work import Work

_COUNTS = ("declared", "reached", "targeted")
_PLACES = 3


def remarks(work: Work, good: Collection[int]) -> dict[int, list[Finding]]:
    """The remarks on each good row."""
    found: dict[int, list[Finding]] = defaultdict(list)
    _starts(work, good, found)
    counted = next((name for name in _COUNTS if work.has(name)), None)
    if counted:
        counts = {index: value for index in good if (value := work.get(counted, index))}
        _fifths(work, counts, found)
        _same_figures(work, counts, found)
    for columns in work.figures:
        _parts(work, columns, good, found)
    return found


def _starts(work: Work, good: Collection[int], found: dict[int, list[Finding]]) -> None:
    if not work.has("date_start"):
        return
    unusable = work.read.unusable.get("date_start", {})
    for index in good:
        if index in unusable:
            found[index].append(finding(findings.START_UNREADABLE, value=unusable[index]))
        elif work.get("date_start", index) is None:
            found[index].append(finding(findings.START_MISSING))


def _fifths(work: Work, counts: dict[int, int], found: dict[int, list[Finding]]) -> None:
    clusters: dict[int, str] = {}
    totals: Counter[str] = Counter()
    for index, count in counts.items():
        stated = work.first(index, "subsector", "sector")
        if stated:
            clusters[index] = work.code("subsector", index, "sector") or work.code("sector", index, "sector") or stated
            totals[clusters[index]] += count
    for index, cluster in clusters.items():
        if counts[index] * 5 > totals[cluster]:
            found[index].append(finding(findings.FIFTH_OF_CLUSTER))


def _same_figures(work: Work, counts: dict[int, int], found: dict[int, list[Finding]]) -> None:
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, count in counts.items():
        if project := work.get("project_code", index):
            alike[heading_key(project), count].append(index)
    for (_project, count), rows in alike.items():
        places = {index: place for index in rows if (place := _place(work, index))}
        if (many := len(set(places.values()))) >= _PLACES:
            for index in places:
                found[index].append(finding(findings.SAME_FIGURE, count=count, places=many))


def _place(work: Work, index: int) -> tuple[str, ...]:
    """The place of a row as the file says it; nothing where it says none."""
    said = [work.first(index, f"adm{level}_code", f"adm{level}_name") for level in (1, 2, 3)]
    return tuple(heading_key(text) for text in (*said, work.get("site_name", index)) if text)


def _parts(work: Work, columns: dict[str, Measure], good: Collection[int], found: dict[int, list[Finding]]) -> None:
    whole = next((name for name, measure in columns.items() if measure.cut is None), None)
    parts = [name for name, measure in columns.items() if measure.cut == "sex_age"]
    if whole is None or not parts:
        return
    for index in good:
        said = work.get(whole, index)
        added = sum(work.get(name, index) or 0 for name in parts)
        if said is not None and added > said:
            found[index].append(finding(findings.PARTS_EXCEED, parts=added, total=said))
