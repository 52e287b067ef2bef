"""HiGHS, the solver of linear programs, through the library that `highsbox` carries.

Only what the guard asks of it: one program kept loaded while its bounds and aim change, each run starting from where
the last one ended. Called through ctypes so that neither numpy nor a second process is needed. Everything runs on one
thread and nothing is cut short by a clock, so that the same questions have the same answers every time.
"""

import ctypes
import os
import sys
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import highsbox

INFINITY: Final = float("inf")
_ROWS: Final = 2
_MINIMISE: Final = 1
_INTEGER, _CONTINUOUS = 1, 0
_OPTIMAL: Final = 7
_FEASIBLE: Final = 2
_OK, _WARNING = 0, 1
_PRIMAL_SIMPLEX: Final = 4
_MOST_NODES: Final = 2000
"""Counted in nodes and never in seconds: a slow laptop must not release another report than a fast one."""


class SolverFailed(Exception):
    """HiGHS refused a program of ours: a bug, never a person's doing."""


@dataclass(frozen=True)
class Row:
    """A sum of columns, each with its factor, between two bounds."""

    factors: Mapping[int, float]
    lower: float
    upper: float


class Program:
    """A linear program: columns with bounds, rows over them."""

    def __init__(self, bounds: Sequence[tuple[float, float]], rows: Sequence[Row]) -> None:
        self._width = len(bounds)
        self._whole = False
        self._library = _library()
        self._highs = ctypes.c_void_p(self._library.Highs_create())
        weakref.finalize(self, self._library.Highs_destroy, self._highs)
        for name, value in (("output_flag", 0), ("log_to_console", 0)):
            self._library.Highs_setBoolOptionValue(self._highs, name.encode(), value)
        for name, value in (("threads", 1), ("simplex_strategy", _PRIMAL_SIMPLEX), ("mip_max_nodes", _MOST_NODES)):
            self._library.Highs_setIntOptionValue(self._highs, name.encode(), value)
        self._library.Highs_setStringOptionValue(self._highs, b"solver", b"simplex")
        self._library.Highs_setDoubleOptionValue(self._highs, b"mip_rel_gap", ctypes.c_double(0.0))
        self._load(bounds, rows)

    def bound(self, row: int, lower: float, upper: float) -> None:
        """Give a row other bounds."""
        self._do("Highs_changeRowBounds", row, ctypes.c_double(lower), ctypes.c_double(upper))

    def minimise(self, costs: Mapping[int, float], whole: bool = False) -> tuple[float, ...] | None:
        """The columns' values where the costs come to least, or None where there is no least.

        Where `whole`, columns are integers, and the values are the best that was found before giving up, or None.
        """
        every = range(self._width)
        self._do("Highs_changeColsCostByRange", 0, self._width - 1, _doubles(costs.get(one, 0.0) for one in every))
        if whole is not self._whole:
            kinds = _integers(_INTEGER if whole else _CONTINUOUS for _each in every)
            self._do("Highs_changeColsIntegralityByRange", 0, self._width - 1, kinds)
            self._whole = whole
        self._do("Highs_setStringOptionValue", b"presolve", b"on" if whole else b"off")
        self._do("Highs_run")
        if not (self._feasible() if whole else self._library.Highs_getModelStatus(self._highs) == _OPTIMAL):
            return None
        values = (ctypes.c_double * self._width)()
        self._do("Highs_getSolution", values, None, None, None)
        return tuple(values)

    def _feasible(self) -> bool:
        status = ctypes.c_int()
        self._do("Highs_getIntInfoValue", b"primal_solution_status", ctypes.byref(status))
        return status.value == _FEASIBLE

    def _load(self, bounds: Sequence[tuple[float, float]], rows: Sequence[Row]) -> None:
        starts, columns, factors = [0], list[int](), list[float]()
        for row in rows:
            columns += row.factors.keys()
            factors += row.factors.values()
            starts.append(len(columns))
        self._do(
            "Highs_passLp",
            len(bounds),
            len(rows),
            len(columns),
            _ROWS,
            _MINIMISE,
            ctypes.c_double(0.0),
            _doubles(0.0 for _each in bounds),
            _doubles(lower for lower, _upper in bounds),
            _doubles(upper for _lower, upper in bounds),
            _doubles(row.lower for row in rows),
            _doubles(row.upper for row in rows),
            _integers(starts[:-1]),
            _integers(columns),
            _doubles(factors),
        )

    def _do(self, call: str, *arguments: object) -> None:
        if getattr(self._library, call)(self._highs, *arguments) not in (_OK, _WARNING):
            raise SolverFailed(call)


def _doubles(values: Iterable[float]) -> ctypes.Array[ctypes.c_double]:
    listed = list(values)
    return (ctypes.c_double * len(listed))(*listed)


def _integers(values: Iterable[int]) -> ctypes.Array[ctypes.c_int]:
    listed = list(values)
    return (ctypes.c_int * len(listed))(*listed)


@cache
def _library() -> ctypes.CDLL:
    home = Path(highsbox.highs_dist_dir())
    if sys.platform == "win32":
        os.add_dll_directory(str(home / "bin"))
        library = ctypes.CDLL(str(home / "bin" / "highs.dll"))
    else:
        suffix = "dylib" if sys.platform == "darwin" else "so"
        library = ctypes.CDLL(str(home / "lib" / f"libhighs.{suffix}"))
    library.Highs_create.restype = ctypes.c_void_p
    return library
