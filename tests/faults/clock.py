"""A program whose clock is wrong: `python -m tests.faults.clock SECONDS window|reader [WORD ...]`."""

import sys
import time

_SECONDS = float(sys.argv[1])
_time, _time_ns, _gmtime, _localtime = time.time, time.time_ns, time.gmtime, time.localtime

time.time = lambda: _time() + _SECONDS
time.time_ns = lambda: _time_ns() + int(_SECONDS * 1_000_000_000)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)

if __name__ == "__main__":
    what = sys.argv[2]
    sys.argv[1:3] = []
    if what == "window":
        from tests.faults.window import main
    else:
        from reader.__main__ import main
    sys.exit(main())
