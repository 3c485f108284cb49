"""Kernel calls, and how the calling stack is suspended in them.

A call into the kernel returns None when another thread of this process has the turn. Then this stack must be suspended at
once, which C's `poll()` does, and nothing else may happen in between. Resumed, it asks for the result, or must wait again.
"""

import select

# The C one, before `select` gets ours.
_poll = select.poll
_LONG = 1_000_000

kernel = None
"""The module `_kernel`, once the interpreter carries a process."""

current = 0
"""Ident of the running thread: what `_thread.get_ident()` says."""


def finish(result):
    """The result of a kernel call; other threads may have run before it returns."""
    if result is None:
        global current
        me = current
        while result is None:
            _poll().poll(_LONG)
            result = kernel.resume()
        current = me
    return result
