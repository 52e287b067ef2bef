"""What stands behind a figure: a selection that can be run again, not a list of ids."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Behind:
    """The kind of record, the filters, and the change it was asked at; run again, it lists the records of a figure."""

    kind: str
    filters: tuple[tuple[str, str], ...]
    as_of: int
