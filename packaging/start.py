"""Where the frozen program begins: the window or a verb, or the other process that `desktop/apart.py` spawns."""

import multiprocessing

if __name__ == "__main__":
    # The other process is this very program, called with arguments that this recognises; it does not return then.
    multiprocessing.freeze_support()

    from desktop.__main__ import main

    raise SystemExit(main())
