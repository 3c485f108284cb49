"""Ends the step of a thread that has computed for long in code whose lines are no steps: what the switch interval is to CPython."""

import _signal

from . import stacks
from .stacks import finish

_SIGNAL = 64


def _pulse(_number, frame):
    # Our own code is to C's: nobody else runs in its middle.
    if frame is None or frame.f_globals.get('__package__') != __package__:
        finish(stacks.kernel.pulse())
    else:
        stacks.kernel.retry_pulse()


def install():
    _signal.signal(_SIGNAL, _pulse)
