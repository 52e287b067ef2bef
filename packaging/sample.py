"""The main job on the practice record: the window where there is a display, else every report it can make.

Run by packaging/run when no verb is named. It does what a person would do with the verbs, and nothing of its own.
"""

import os
import sys
from pathlib import Path

from desktop.__main__ import main
from i18n import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "build" / "sample"
FORMATS = ("pdf", "docx", "xlsx")


def practise() -> int:
    """Make the practice record where it is not there yet; then open it, or print its reports."""
    record = FOLDER / "practice.jalon"
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not record.exists() and (refused := main(["demo", "--record", str(record)])):
        return refused
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return main(["--record", str(record)])
    refused = max(overview(record, language, form) for language in LANGUAGES for form in FORMATS)
    print(*sorted(path for path in FOLDER.iterdir() if path.suffix[1:] in FORMATS), sep="\n")
    return refused


def overview(record: Path, language: str, form: str) -> int:
    """Make the protection overview in one language and format."""
    out = FOLDER / f"protection-overview-{language}.{form}"
    asked = ["--record", str(record), "--language", language, "--format", form, "--out", str(out)]
    return main(["report", "protection-overview", *asked])


if __name__ == "__main__":
    sys.exit(practise())
