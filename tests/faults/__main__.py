"""Count the figures: `python -m tests.faults` lists them, `… NAME` or `… all` counts; `--help` says the rest.

Ends with 1 where a figure falls short; where `--prove` is asked for, where one does not, though what it rests on was
taken away. A figure that this machine cannot show is passed over in its quick form only.
"""

import argparse
import os
import sys
from types import ModuleType

from tests.faults.figure import Count, NotHere, figures


def shown(name: str, figure: ModuleType, *, quick: bool, prove: bool) -> bool:
    """Count one figure and print its line; whether it is as it should be."""
    begun = sum(os.times()[:4])
    try:
        count: Count = figure.count(quick=quick or prove, weaker=prove)
    except NotHere as reason:
        print(f"{figure.NUMBER:2} {name}: not shown here, {reason}", flush=True)
        return quick or prove
    right = count.met is not prove
    said = {(True, False): "met", (False, False): "SHORT", (False, True): "falls short as it must"}
    verdict = said.get((count.met, prove), "DOES NOT FALL SHORT")
    print(f"{figure.NUMBER:2} {name}: {count.told}: {verdict} ({sum(os.times()[:4]) - begun:.1f} s)", flush=True)
    return right


def main() -> int:
    """List the figures, or count those that were asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("name", nargs="*", help="figures by their names, or all")
    asked.add_argument("--quick", action="store_true", help="fewer trials, as in every landing")
    asked.add_argument("--prove", action="store_true", help="take away what the figure rests on: it has to fall short")
    args = asked.parse_args()
    known = figures()
    if unknown := set(args.name) - {"all", *known}:
        asked.error(f"no such figure: {', '.join(sorted(unknown))}")
    if not args.name:
        for name, figure in known.items():
            print(f"{figure.NUMBER:2} {name:12} {(figure.__doc__ or '').splitlines()[0]}")
    names = known if "all" in args.name else args.name
    right = [shown(name, known[name], quick=args.quick, prove=args.prove) for name in names]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
