"""Puts our own in place of what CPython has in C below its library. Imported once, before the interpreter's memory is kept."""

import sys

from . import clock, errors, pulses, signals, threads

# First: others take numbers and words from there.
errors.install()
threads.install()
clock.install()
pulses.install()
signals.install()

# What has been imported before has taken what was there before.
_STALE = {'threading', '_threading_local', 'queue', 'socket', 'selectors', 'subprocess', 'multiprocessing', 'tempfile', 'concurrent', 'logging', 'pathlib'}
for name in [name for name in sys.modules if name.split('.')[0] in _STALE]:
    del sys.modules[name]

import threading  # noqa: E402, F401

from . import life  # noqa: E402, F401
