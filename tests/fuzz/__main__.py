"""Fuzz the readers: `python -m tests.fuzz [--inputs N] [--reader NAME …] [--seed N] [--again INDEX]`.

Prints a line for each reader and ends with 1 where one of them crashed, hung or did what no reader may. Every input is
made again from its reader's name, the seed and its number: `--reader NAME --seed N --again INDEX` shows what it was.
"""

import argparse
import sys
import traceback

from tests.fuzz.fuzzing import Counted, fuzz, input_of, judged
from tests.fuzz.readers import READERS


def main() -> int:
    """Fuzz what was asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--inputs", type=int, default=100_000, help="how many in all, shared out by speed")
    asked.add_argument("--reader", action="append", choices=list(READERS), help="only this one; may be said again")
    asked.add_argument("--seed", type=int, default=1, help="another number, other inputs")
    asked.add_argument("--again", type=int, help="only this input, shown with what it does")
    args = asked.parse_args()
    names = args.reader or list(READERS)
    if args.again is not None:
        return _again(names[0], args.seed, args.again)
    whole = Counted()
    shares = sum(READERS[name].share for name in names)
    for name in names:
        found = fuzz(name, max(1, args.inputs * READERS[name].share // shares), args.seed)
        print(f"{name}: {found.told}", flush=True)
        for index, said in found.faults[:20]:
            print(f"    {index}: {said}", flush=True)
        whole += found
    print(f"in all: {whole.told}", flush=True)
    return 1 if whole.faults else 0


def _again(name: str, seed: int, index: int) -> int:
    made = input_of(name, seed, index)
    print(repr(made)[:5_000])
    fault = judged(name, made)
    if isinstance(fault, BaseException):
        traceback.print_exception(fault)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
