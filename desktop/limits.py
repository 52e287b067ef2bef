"""How much a process that reads foreign files may take: memory by the system's own limit, and no byte of any file.

A file of a kilobyte can ask for all the memory there is. Where the system holds a process to a limit, the process gets
a `MemoryError` or is ended; where it does not, as on a Mac, a watchdog inside ends it.
"""

import os
import sys
import threading
import time
from contextlib import suppress

GIB = 1024**3
LEAST, MOST = 3 * GIB // 2, 4 * GIB
"""Below the least, large workbooks that are none the worse could not be read."""
_EVERY = 0.2
_PROCESS_MEMORY = 0x100


def bound() -> None:
    """From here on this process has no more memory than that, and on POSIX writes no file."""
    limit = memory()
    if sys.platform == "win32":
        _hold_in_a_job(limit)
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, limit), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(what)
        held = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (held, held))
    if sys.platform == "darwin":
        threading.Thread(target=_watch, args=(limit,), name="memory", daemon=True).start()


def no_dump() -> None:
    """Where this process dies of a fault, the system writes no image of its memory: key and data would be in it.

    On Windows the system's own report is switched off, which may hold such an image. Not tried there.
    """
    if sys.platform == "win32":
        import ctypes

        no_boxes, no_report = 0x0001, 0x0002
        ctypes.WinDLL("kernel32").SetErrorMode(no_boxes | no_report)
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def memory() -> int:
    """Bytes that reading may take: half of what the machine has, within bounds."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return LEAST
    return min(max(whole // 2, LEAST), MOST)


def _watch(limit: int) -> None:
    """End this process when it has ever taken more; Macs count in bytes."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < limit:
        time.sleep(_EVERY)
    os._exit(1)


def _hold_in_a_job(limit: int) -> None:
    """Windows' way: a job with a limit, and this process in it. Not tried on a Windows machine."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    system = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    system.CreateJobObjectW.restype = system.GetCurrentProcess.restype = wintypes.HANDLE
    asked = Extended()
    asked.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
    asked.ProcessMemoryLimit = limit
    job = wintypes.HANDLE(system.CreateJobObjectW(None, None))
    extended_limits = 9
    system.SetInformationJobObject(job, extended_limits, ctypes.byref(asked), ctypes.sizeof(asked))
    system.AssignProcessToJobObject(job, wintypes.HANDLE(system.GetCurrentProcess()))
