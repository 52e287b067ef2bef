"""The frozen program: its size by part, its start beside an empty window frozen the same way, its memory when idle.

Run as: bash packaging/bench frozen, after bash packaging/freeze. Both are started in turn on a virtual screen, warm; a
start lasts until the screen shows something. Aims: 200 MB installed, under twice the empty window, 200 MB idle.
"""

import mmap
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "build" / "freeze"
DISPLAY, TURNS, SETTLED = ":97", 9, 15
PARTS = (
    ("Qt", ("_internal/PySide6", "_internal/shiboken6")),
    ("our modules", ("_internal/desktop", "_internal/db")),
    ("fonts", ("_internal/resources/fonts",)),
    ("other resources", ("_internal/resources",)),
    ("languages", ("_internal/babel", "_internal/i18n")),
    ("ciphers", ("_internal/cryptography", "_internal/sqlcipher3")),
    ("PDF, Word, Excel, pictures", tuple(f"_internal/{name}" for name in (
        "pypdfium2", "uharfbuzz", "lxml", "docx", "python_calamine", "pillow", "PIL", "libxslt", "libxml2"))),
    ("solver", ("_internal/highsbox",)),
    ("Python and its archive", ("_internal/libpython", "_internal/python3", "_internal/base_library", "jalon")),
    ("licences", ("licences",)),
)  # fmt: skip


def sizes(folder: Path) -> Iterator[tuple[str, int]]:
    """Megabytes by part, the largest first."""
    counted: Counter[str] = Counter()
    for file in (file for file in folder.rglob("*") if file.is_file()):
        name = file.relative_to(folder).as_posix()
        part = next((part for part, starts in PARTS if name.startswith(starts)), "other libraries")
        counted["ICU" if "libicu" in name else part] += file.stat().st_size
    yield from counted.most_common()
    yield "all", counted.total()


@contextmanager
def screen(folder: Path) -> Iterator[mmap.mmap]:
    """A virtual screen, and its picture as it changes."""
    command = ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-fbdir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        with (folder / "Xvfb_screen0").open("rb") as file:
            yield mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    finally:
        server.terminate()
        server.wait()


def shown_after(command: list[str], picture: mmap.mmap, environment: dict[str, str]) -> float:
    """Seconds from starting a program until it shows something on the screen."""
    points = range(len(picture) // 20, len(picture), len(picture) // 400)
    nothing = bytes(picture[point] for point in points)
    begun = time.perf_counter()
    program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while bytes(picture[point] for point in points) == nothing:
        if time.perf_counter() - begun > 60:
            raise TimeoutError(command[0])
        time.sleep(0.001)
    taken = time.perf_counter() - begun
    program.kill()
    program.wait()
    time.sleep(0.5)
    return taken


def idle(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Megabytes that the window holds by itself, and with the other process, what they share counted once."""
    program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(SETTLED)
    family = [program.pid]
    for pid in family:
        family += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    resident = int(Path(f"/proc/{program.pid}/status").read_text().split("VmRSS:")[1].split()[0])
    shared = sum(int(Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1].split()[0]) for pid in family)
    program.kill()
    program.wait()
    return resident / 1e3, shared / 1e3


def main() -> None:
    """Print the three."""
    folder = max((FROZEN / "out").glob("jalon-*-linux-*"), default=None)
    if folder is None:
        print("Nothing is frozen: bash packaging/freeze")
        return
    program = str(folder / "jalon")
    for part, size in sizes(folder):
        print(f"{size / 1e6:8.1f} MB  {part}")
    spec = Path(__file__).parent / "frozen" / "empty.spec"
    places = ["--distpath", str(FROZEN / "empty"), "--workpath", str(FROZEN / "empty-work"), str(spec)]
    python = str(FROZEN / "environment" / "bin" / "python")
    subprocess.run([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places], check=True)
    with tempfile.TemporaryDirectory() as place, screen(Path(place)) as picture:
        environment = {"PATH": os.environ["PATH"], "HOME": place, "DISPLAY": DISPLAY, "LANG": "fr_FR.UTF-8"}
        commands = {"empty": [str(FROZEN / "empty" / "empty" / "empty")], "jalon": [program]}
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _turn in range(TURNS + 1):
            for name, command in commands.items():
                times[name].append(shown_after(command, picture, environment))
        taken = {name: median(seconds[1:]) for name, seconds in times.items()}
        print(", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in taken.items()), end=": ")
        print(f"{taken['jalon'] / taken['empty']:.2f} times the empty window")
        record = Path(place) / "practice.jalon"
        subprocess.run([program, "demo", "--record", str(record)], env=environment, check=True, capture_output=True)
        alone, together = idle([program, "--record", str(record)], environment)
        print(f"idle on the practice record: {alone:.0f} MB in the window, {together:.0f} MB with its other process")


if __name__ == "__main__":
    main()
