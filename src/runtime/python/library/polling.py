"""`select`: waiting for several open files at once."""

import errno
import select as _select

from . import stacks
from .builtin import put
from .failure import failure, EBADF
from .stacks import finish

_POLLIN = _select.POLLIN
_POLLOUT = _select.POLLOUT
_POLLNVAL = _select.POLLNVAL
_DEFAULT = _select.POLLIN | _select.POLLPRI | _select.POLLOUT


def _number(file):
    if isinstance(file, int):
        number = int(file)
    else:
        try:
            number = file.fileno()
        except AttributeError:
            raise TypeError('argument must be an int, or have a fileno() method.') from None
        if not isinstance(number, int):
            raise TypeError('fileno() returned a non-integer')
    if number < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({number})')
    return number


def _poll(wanted, seconds):
    """Pairs of a number and its events, of those that have some. `seconds` below 0: waits for ever."""
    if not wanted and seconds == 0:
        return []
    words = ','.join(f'{number},{events}' for number, events in wanted.items())
    stacks.room()
    found = finish(stacks.kernel.poll(words, seconds))
    if isinstance(found, int):
        raise failure(found)
    numbers = [int(word) for word in found.split(',') if word]
    return list(zip(numbers[::2], numbers[1::2]))


class poll:
    __slots__ = ('_wanted', '_busy')

    def __init__(self):
        self._wanted = {}
        self._busy = False

    def register(self, fd, eventmask=_DEFAULT, /):
        self._wanted[_number(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        number = _number(fd)
        if number not in self._wanted:
            raise FileNotFoundError(errno.ENOENT, 'No such file or directory')
        self._wanted[number] = eventmask

    def unregister(self, fd, /):
        del self._wanted[_number(fd)]

    def poll(self, timeout=None, /):
        if self._busy:
            raise RuntimeError('concurrent poll() invocation')
        self._busy = True
        try:
            return _poll(self._wanted, -1 if timeout is None or timeout < 0 else timeout / 1000)
        finally:
            self._busy = False


def select(rlist, wlist, xlist, timeout=None, /):
    if timeout is not None and timeout < 0:
        raise ValueError('timeout must be non-negative')
    readers = [(file, _number(file)) for file in rlist]
    writers = [(file, _number(file)) for file in wlist]
    wanted = {}
    for files, event in ((readers, _POLLIN), (writers, _POLLOUT)):
        for _, number in files:
            wanted[number] = wanted.get(number, 0) | event
    found = dict(_poll(wanted, -1 if timeout is None else timeout))
    if any(events & _POLLNVAL for events in found.values()):
        raise failure(EBADF)
    readable = [file for file, number in readers if found.get(number, 0) & ~_POLLOUT]
    writable = [file for file, number in writers if found.get(number, 0) & ~_POLLIN]
    return readable, writable, []


def install():
    put(_select, poll, select)
    for name in ('epoll', 'kqueue', 'devpoll'):
        _select.__dict__.pop(name, None)
