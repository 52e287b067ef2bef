"""Bringing an installed copy up to date from a signed file, without a network and without an administrator.

The new version is put beside the old one, tried at the next start before anything else, and only then started; where it
fails its trial, the old one goes on. Nothing of a version that runs is ever written to.
"""

import os


def waits(program: str) -> bool:
    """Whether an update, or what one left when it was killed, lies in the copy that a program runs from.

    Asked at every start, so it looks at a few names and imports nothing.
    """
    versions = os.path.dirname(os.path.dirname(program))  # noqa: PTH120 # pathlib is not read for this
    if os.path.basename(versions) != "versions":  # noqa: PTH119
        return False
    found = (*os.listdir(os.path.dirname(versions)), *os.listdir(versions))  # noqa: PTH120, PTH208
    # What Windows would not let go, for it is in use, goes with the next update: not every start tries again.
    stays = "-gone" if os.name == "nt" else "\0"
    return "pending" in found or any(name.startswith(".part-") and not name.endswith(stays) for name in found)
