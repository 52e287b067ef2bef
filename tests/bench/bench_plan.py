"""What planning the whole DRC 5W costs, beside pandas with openpyxl only reading its sheet.

Run as: bash packaging/bench plan. Reading, headings, typed values, doubles, matching and everything
that would be stored are in our time; only the frame is in theirs. Imports are left out on both sides; medians of CPU
time.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from db.queries.arrivals import Held
from desktop.intake.plan import Plan
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook
from tests.bench.timing import cost

DRC = Path(__file__).resolve().parents[3] / "shared" / "data" / "drc-5w-2025-05.xlsx"
TURNS = 5


def planned(path: Path) -> Plan:
    """The plan of a file against an empty record."""
    workbook = read_workbook(path)
    return plan(workbook, mapping_for(workbook), Held())


def usual(work: Callable[[], object], turns: int = TURNS) -> float:
    """The median CPU seconds of some turns, the first one left out."""
    work()
    return median(cost(work) for _turn in range(turns))


def main() -> None:
    """Print both times and their ratio."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DRC
    ours = usual(lambda: planned(path))
    print(f"plan, read to stored rows: {ours:.2f} s")
    try:
        import pandas
    except ImportError:
        print("pandas is not installed: see packaging/requirements-bench.in")
        return
    theirs = usual(lambda: pandas.read_excel(path, engine="openpyxl"), 3)
    print(f"pandas + openpyxl, read only: {theirs:.2f} s; ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
