"""What cannot be told apart: atoms, grains and pieces that stand in exactly the same cells are as good as one.

A whole record has hundreds of thousands of atoms and hundreds of cells, so that this comes before anything dearer.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence


def alike(cells: Iterable[Collection[int]], marks: Sequence[Hashable], order: Iterable[int]) -> list[int]:
    """The group of each: the same for those with one mark that stand in the same cells, numbered as met in order."""
    # Each cell parts what it holds of a group from what it does not, so that one number each is kept and no list.
    group_of = dict[Hashable, int]()
    groups = [group_of.setdefault(mark, len(group_of)) for mark in marks]
    known = len(group_of)
    for members in cells:
        parted = dict[int, int]()
        for one in members:
            group = groups[one]
            part = parted.get(group)
            if part is None:
                part = parted[group] = known
                known += 1
            groups[one] = part
    numbers, found = dict[int, int](), [0] * len(groups)
    for one in order:
        found[one] = numbers.setdefault(groups[one], len(numbers))
    return found
