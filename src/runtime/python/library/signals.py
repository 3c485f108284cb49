"""`signal`: which signals a process takes itself, and the running of their handlers, in its main thread. C's own table keeps the
handlers; the kernel ends a process by any other signal, or sends this one on."""

import _signal
import _thread
import errno
import os
import posix
import signal as _library

from . import stacks, threads
from .builtin import put
from .stacks import finish

_set_handler = _signal.signal
_raise = _signal.raise_signal
_wakeup_fd = -1


def _signal_signal(signalnum, handler, /):
    if stacks.current != threads.MAIN:
        raise ValueError('signal only works in main thread of the main interpreter')
    before = _set_handler(signalnum, handler)
    if stacks.kernel:
        stacks.kernel.handle_signal(signalnum, handler is not _signal.SIG_DFL)
    return before


def _take():
    stacks.signalled[0] = 0
    pending = stacks.kernel.take_signals()
    number = 0
    while pending:
        if pending & 1:
            _wake_up(number)
            # Calls the handler, here and now.
            _raise(number)
        pending >>= 1
        number += 1


def _set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    global _wakeup_fd
    if stacks.current != threads.MAIN:
        raise ValueError('set_wakeup_fd only works in main thread of the main interpreter')
    if fd != -1:
        os.fstat(fd)
        if os.get_blocking(fd):
            raise ValueError(f'the fd {fd} must be in non-blocking mode')
    before, _wakeup_fd = _wakeup_fd, fd
    return before


def _wake_up(number):
    """Whoever waits for files shall hear of the signal, too."""
    if _wakeup_fd != -1:
        try:
            os.write(_wakeup_fd, bytes([number]))
        except OSError:
            pass


def getpid():
    return stacks.kernel.pid() if stacks.kernel else 1


def kill(pid, signal, /):
    if finish(stacks.kernel.kill(pid, signal)) < 0:
        raise ProcessLookupError(errno.ESRCH, 'No such process')
    if stacks.signalled[0]:
        stacks.take_signals()


def _raise_signal(signalnum, /):
    kill(stacks.kernel.pid(), signalnum)


def interrupt_main(signum=_signal.SIGINT, /):
    """As if the signal had come: what is not handled does nothing."""
    if not 0 < signum < _signal.NSIG:
        raise ValueError('signal number out of range')
    if _signal.getsignal(signum) not in (_signal.SIG_IGN, _signal.SIG_DFL, None):
        _raise_signal(signum)


def connect():
    """At the start of a process: CPython itself handles SIGINT, and ignores SIGPIPE."""
    stacks.kernel.watch_signals(stacks.signalled)
    for number in range(1, 32):
        handler = _signal.getsignal(number)
        if handler is not None and handler != _signal.SIG_DFL:
            stacks.kernel.handle_signal(number, True)


def getpid():
    return stacks.kernel.pid() if stacks.kernel else 1


def install():
    stacks.take_signals = _take
    _signal.signal = _signal_signal
    # The library has taken these over as they were.
    for module in (_signal, _library):
        module.raise_signal = _raise_signal
        module.set_wakeup_fd = _set_wakeup_fd
    interrupt_main.__module__ = '_thread'
    _thread.interrupt_main = interrupt_main
    put(posix, kill, getpid)
    os.kill, os.getpid = posix.kill, posix.getpid
