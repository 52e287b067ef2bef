"""How long a workbook of a hundred thousand rows takes, beside xlsxwriter's usual path.

Run as: bash packaging/bench sheet. Both write the same 25 columns, half of them texts, in processes of their own, in
turn; the best CPU times are compared.
"""

import resource
import subprocess
import sys
from datetime import date
from io import BytesIO
from time import process_time

import xlsxwriter

from desktop.render.sheet import write_xlsx
from desktop.reports.sheet import Sheet

ROWS, COLUMNS, TURNS = 100_000, 25, 2
PLACES = ("Nord-Kivu", "Sud-Kivu", "Ituri", "Tanganyika", "Kasaï-Oriental", "إيتوري")

Rows = tuple[tuple[str | int, ...], ...]


def rows() -> Rows:
    """Places and figures by turns."""
    return tuple(
        tuple(
            (row * 7919 + column * 104729) % 2_000_000 if column % 2 else f"{PLACES[(row + column) % 6]}, zone {row}"
            for column in range(COLUMNS)
        )
        for row in range(ROWS)
    )


def ours(held: Rows) -> bytes:
    """The workbook by our own writer."""
    return write_xlsx(Sheet("Tout", tuple(f"Colonne {i}" for i in range(COLUMNS)), held, "ltr", date(2026, 1, 1)))


def theirs(held: Rows) -> bytes:
    """The workbook by xlsxwriter, a row at a time."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Tout")
        sheet.write_row(0, 0, [f"Colonne {i}" for i in range(COLUMNS)])
        for number, row in enumerate(held, 1):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def one(name: str) -> None:
    """Write it once and print the CPU seconds, the peak of memory in MB and the size in kB."""
    held = rows()
    begun = process_time()
    size = len({"ours": ours, "theirs": theirs}[name](held))
    print(process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, size // 1024)


def main() -> None:
    """Print times, the ratio, memory and sizes."""
    found = {}
    for name in ("ours", "theirs"):
        command = [sys.executable, "-P", __file__, name]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _turn in range(TURNS)]
        found[name] = min([float(number) for number in run.stdout.split()] for run in runs)
    for name, (seconds, memory, size) in found.items():
        print(f"{name:8} {seconds:6.2f} s CPU   {memory:5.0f} MB   {size:6.0f} kB")
    print(f"ours is {found['theirs'][0] / found['ours'][0]:.1f} times as fast")


if __name__ == "__main__":
    one(sys.argv[1]) if len(sys.argv) > 1 else main()
