"""What cannot be told apart: atoms, grains and pieces that stand in exactly the same cells are as good as one.

A whole record has hundreds of thousands of atoms and hundreds of cells, so that this comes before anything dearer.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence


def alike(cells: Iterable[Collection[int]], marks: Sequence[Hashable], order: Iterable[int]) -> list[int]:
    """The group of each: the same for those with one mark that stand in the same cells, numbered as met in order."""
    standing: list[list[int]] = [[] for _mark in marks]
    for number, members in enumerate(cells):
        for one in members:
            standing[one].append(number)
    groups, found = dict[tuple[Hashable, tuple[int, ...]], int](), [0] * len(marks)
    for one in order:
        found[one] = groups.setdefault((marks[one], tuple(standing[one])), len(groups))
    return found
