"""What planning the whole DRC 5W costs, beside pandas with openpyxl only reading its sheet.

Run by path: python tests/bench/bench_plan.py [FILE]. Reading, headings, typed values, doubles, matching and everything
that would be stored are in our time; only the frame is in theirs. Imports are left out on both sides; medians of CPU
time.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from db.queries.arrivals import Held
from desktop.intake.plan import Plan
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.workbook import read_workbook

DRC = Path(__file__).resolve().parents[3] / "shared" / "data" / "drc-5w-2025-05.xlsx"
TURNS = 5


def planned(path: Path) -> Plan:
    """The plan of a file against an empty record."""
    workbook = read_workbook(path)
    return plan(workbook, mapping_for(workbook), Held())


def cost(work: Callable[[], object], turns: int = TURNS) -> float:
    """The median CPU seconds of some turns, the first one left out."""
    work()
    times = []
    for _turn in range(turns):
        before = process_time()
        work()
        times.append(process_time() - before)
    return median(times)


def main() -> None:
    """Print both times and their ratio."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DRC
    ours = cost(lambda: planned(path))
    print(f"plan, read to stored rows: {ours:.2f} s")
    try:
        import pandas
    except ImportError:
        print("pandas is not installed: see packaging/requirements-bench.in")
        return
    theirs = cost(lambda: pandas.read_excel(path, engine="openpyxl"), 3)
    print(f"pandas + openpyxl, read only: {theirs:.2f} s; ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
