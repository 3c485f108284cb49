"""`sys.stdin`: the line that somebody types beside the page's output. What C reads from there finds nothing."""

import errno
import io
import os
import sys

import _pyio

from . import descriptors, stacks
from .stacks import finish


class _Terminal(io.RawIOBase):
    """Gives a line at a time, as a terminal does."""

    name = '<stdin>'
    mode = 'rb'

    def __init__(self):
        self._rest = b''

    def readable(self):
        return True

    def fileno(self):
        return 0

    def isatty(self):
        return True

    def readinto(self, buffer):
        if self.closed:
            raise ValueError('I/O operation on closed file')
        if not self._rest:
            stacks.room()
            self._rest = finish(stacks.kernel.read_line()).encode()
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def seek(self, _offset, _whence=0):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))

    tell = truncate = seek


def connect():
    """At the start of a process. `_pyio`'s buffer has a lock of ours: when two threads read, one waits for the other."""
    descriptors.terminal = _Terminal
    if descriptors.is_redirected(0):
        return
    text = io.TextIOWrapper(_pyio.BufferedReader(_Terminal()), 'utf-8', 'strict')
    text.mode = 'r'
    sys.stdin = sys.__stdin__ = text
