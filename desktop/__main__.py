"""Jalon: the windows by default, a terminal verb when one is named. Qt is imported only where it is needed."""

import gc
import sys
from pathlib import Path

from desktop import policies, settings
from desktop.limits import no_dump


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or carry out a verb; the exit code says how it went (0 done, 1 refused, 2 wrong usage)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    no_dump()
    settings.keep_private()
    if getattr(sys, "frozen", False):
        from desktop.updates import waits

        # What IT forbade since it was put there is not tried either; it waits until it may be.
        if waits(sys.executable) and policies.load().updates:
            from desktop.updates.switching import at_start

            if (code := at_start(Path(sys.executable), arguments)) is not None:
                return code
    if arguments[:1] == ["--check-window"] and len(arguments) == 2:
        from desktop.ui.check_window import check_window

        return check_window(Path(arguments[1]))
    if arguments and not arguments[0].startswith("--record"):
        from desktop.cli import run

        # A verb ends soon: looking through all answers for rings, time and again, took nearly half of a large report.
        gc.set_threshold(100_000, 20, 100)
        return run(arguments)
    from desktop.ui.app import show

    return show(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
