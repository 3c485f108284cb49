"""Kernel calls, and how the calling stack is suspended in them.

A call into the kernel returns None when another thread of this process has the turn. Then this stack must be suspended at
once, which C's `poll()` does, and nothing else may happen in between. It returns False when a signal has interrupted it. In both
cases it goes on with `resume`, which returns the result, or one of the two again.
"""

import select

# The C one, before `select` gets ours.
_poll = select.poll
_LONG = 1_000_000

kernel = None
"""The module `_kernel`, once the interpreter carries a process."""

current = 0
"""Ident of the running thread: what `_thread.get_ident()` says."""

overdue = False
"""The running thread has had its time, and gives way when it releases a lock; or soon, if it does not."""

types = b''
"""Addresses of all types in the memory with which an interpreter wakes, four bytes each. `install.py` puts them here."""

signalled = bytearray(1)
"""1: signals have come for the process, and its main thread has the turn. The worker writes it."""


def take_signals():
    """Runs the handlers of the signals that have come. `signals.py` puts its own here."""


def give_way():
    """The running thread's step is at its end. Nothing happens where JavaScript has called it."""
    global overdue
    room()
    overdue = False
    finish(kernel.pulse())


def room():
    """Raises RecursionError where `finish` could not be called: a stack that has let another run must suspend itself."""


def finish(result):
    """The result of a kernel call; other threads may have run before it returns, and handlers of signals. No function of Python is
    called before this stack is suspended: at the end of the recursion that would fail, and two stacks would run.
    """
    global current, overdue
    if result is None or result is False:
        me = current
        while True:
            if result is None:
                _poll().poll(_LONG)
                current = me
                overdue = False
            elif result is False:
                try:
                    take_signals()
                except BaseException:
                    kernel.cancel()
                    raise
            else:
                break
            result = kernel.resume()
    if signalled[0]:
        take_signals()
    return result
