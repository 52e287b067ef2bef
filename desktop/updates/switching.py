"""The version that waits is tried, and takes over or is sent back: at a start before anything else, or when asked for.

The old version tries the new one in another process, which sees none of the person's records, settings or keys, and
only then lets `current` name it. A power cut at any instant leaves either the old or the new version to start. Nothing
but the standard library is imported: this comes before the first window.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.passing import passing
from desktop.updates.layout import (
    CURRENT,
    PENDING,
    REFUSED,
    VERSIONS,
    clear,
    discard,
    held,
    named,
    numbers,
    put,
    root_of,
)

LONGEST_TRIAL = 300.0
"""Seconds: a field laptop that reads a new version for the first time, with somebody's virus scanner beside it."""
FAILED, TOO_SLOW, DOES_NOT_START = "failed", "too-slow", "does-not-start"
"""Why a version was sent back."""
_SAID = 4000
_OF_A_FREEZE = ("_PYI_", "_MEIPASS")


def at_start(program: Path, arguments: Sequence[str]) -> int | None:
    """Try what waits. The exit code of the version that took over; None where this one goes on."""
    root, own = root_of(program), program.parent.name
    # A version that is on trial, or was started by hand, decides nothing.
    if root is None or named(root / CURRENT) != own:
        return None
    try:
        starts = settle(root, program.name)
        if starts not in ("", own):
            return _take_over(root, own, root / VERSIONS / starts / program.name, arguments)
    except OSError:
        # A copy that cannot be written to, or a disk that fails: the version that runs is sound.
        return None
    return None


def settle(root: Path, name: str) -> str:
    """Try what waits, by the program of this name; the version that starts from now on."""
    with held(root, LONGEST_TRIAL) as ours:
        if ours:
            clear(root)
            _try(root, named(root / PENDING), name)
    return named(root / CURRENT)


def start_again(root: Path, arguments: Sequence[str]) -> None:
    """Start the program anew, apart from this one, which is about to end."""
    launcher = root / ("jalon.exe" if sys.platform == "win32" else "jalon")
    subprocess.Popen([launcher, *arguments], env=environment(root), start_new_session=True, close_fds=True)


def environment(root: Path) -> dict[str, str]:
    """What another version is given: nothing that a frozen program sets for itself alone."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(_OF_A_FREEZE)}
    given["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    versions = str(root / VERSIONS)
    for name, before in (("PATH", None), ("LD_LIBRARY_PATH", given.pop("LD_LIBRARY_PATH_ORIG", None))):
        kept = [
            one for one in (before or given.get(name, "")).split(os.pathsep) if one and not one.startswith(versions)
        ]
        given.pop(name, None)
        if kept:
            given[name] = os.pathsep.join(kept)
    return given


def _try(root: Path, new: str, name: str) -> None:
    if numbers(new) > numbers(named(root / CURRENT)):
        fault = _trial(root, root / VERSIONS / new / name)
        if fault is None:
            old = named(root / CURRENT)
            put(root / CURRENT, f"{new}\n")
            clear(root, {old, new})
        else:
            _send_back(root, new, *fault)
    (root / PENDING).unlink(missing_ok=True)


def _send_back(root: Path, new: str, why: str, said: str) -> None:
    put(root / REFUSED, json.dumps({"version": new, "why": why, "said": said}))
    (root / PENDING).unlink(missing_ok=True)
    discard(root / VERSIONS / new)


def _trial(root: Path, program: Path) -> tuple[str, str] | None:
    """Why a version cannot be used, and what it said itself; None where it can."""
    with passing() as apart:
        said, aside = apart / "said", apart / "aside"
        try:
            with said.open("wb") as out, aside.open("wb") as err:
                done = subprocess.Popen(
                    [program, "self-test", "--quick", "--json"],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    cwd=apart,
                    env=environment(root) | _nobodys(apart),
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
                try:
                    code = done.wait(LONGEST_TRIAL)
                except subprocess.TimeoutExpired:
                    code = None
                    _end(done)
        except OSError as refused:
            return DOES_NOT_START, str(refused)
        told = _what_failed(said.read_bytes()) or aside.read_bytes()[-_SAID:].decode("utf-8", "replace").strip()
    if code == 0:
        return None
    return (TOO_SLOW, told) if code is None else (FAILED, told)


def _what_failed(said: bytes) -> str:
    """What did not pass, in the words of the version on trial; nothing where it could not even say that."""
    try:
        checks = json.loads(said)["checks"]
        return "\n".join(f"{one['name']}: {one['reason']}" for one in checks if one["outcome"] == "not")[:_SAID]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def _nobodys(folder: Path) -> dict[str, str]:
    """An account of nobody's: the trial finds no record, no settings and no keyring, and shows no window."""
    places = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    return dict.fromkeys(places, str(folder)) | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }


def _end(trial: "subprocess.Popen[bytes]") -> None:
    if os.name == "posix":
        os.killpg(trial.pid, signal.SIGKILL)  # those that it started, too
    trial.kill()
    trial.wait()


def _take_over(root: Path, own: str, program: Path, arguments: Sequence[str]) -> int:
    given = environment(root)
    try:
        if os.name == "posix":
            os.execve(program, [str(program), *arguments], given)
        return subprocess.call([program, *arguments], env=given)
    except OSError as refused:
        put(root / CURRENT, f"{own}\n")
        put(root / REFUSED, json.dumps({"version": program.parent.name, "why": DOES_NOT_START, "said": str(refused)}))
        raise
