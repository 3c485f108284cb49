"""Ends the step of a thread that has computed for long in code whose lines are no steps: what the switch interval is to CPython. If it is
about to release a lock, it does so first: whoever waited in vain for somebody who waits for the interpreter would soon be joined by all.
"""

import _signal

from . import stacks

_SIGNAL = 64
_MOST_ROUNDS = 7

_rounds = 0


def _pulse(_number, frame):
    global _rounds
    # Our own code is to C's: nobody else runs in its middle.
    is_ours = frame is not None and frame.f_globals.get('__package__') == __package__
    if stacks.overdue and not is_ours:
        try:
            stacks.room()
        except RecursionError:
            pass  # Not here, but a few calls further up.
        else:
            stacks.give_way()
            return
    stacks.overdue = True
    # We are reminded soon, and not in the same place: CPython counts jumps and calls, and looks at each fiftieth, so a loop or a recursion
    # that makes as many in a round would be met there again and again.
    _rounds = _rounds % _MOST_ROUNDS + 1
    for _ in range(_rounds):
        pass


def install():
    _signal.signal(_SIGNAL, _pulse)
