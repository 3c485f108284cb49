"""`os` and `io`, as far as they are about what the kernel has open: pipes and sockets, whose numbers lie among those of files."""

import builtins
import io
import os
import posix
import stat
import sys
import types

from . import stacks
from .builtin import builtin, put
from .failure import EBADF, EINVAL, ESPIPE, checked, failure
from .stacks import finish

ours = set()
"""Numbers of what the kernel has open in this process. All others are files', and C's."""

_STREAMS = {'stdin': 'r', 'stdout': 'w', 'stderr': 'w'}
"""What each is opened for, in the order of their numbers."""

terminal = None
"""Makes the raw file of what is typed beside the page's output."""

_NAMES = (
    'close closerange dup dup2 fstat fsync ftruncate get_blocking isatty lseek read readinto readv set_blocking write writev'
)
_c = types.SimpleNamespace(**{name: getattr(posix, name) for name in _NAMES.split()})
_open = io.open


def pipe():
    ends = checked(stacks.kernel.pipe())
    numbers = ends & 0xFFFF, ends >> 16
    ours.update(numbers)
    return numbers


def read(fd, length, /):
    if fd not in ours:
        return _c.read(fd, length)
    if length < 0:
        raise failure(EINVAL)
    stacks.room()
    data = finish(stacks.kernel.read(fd, length))
    if isinstance(data, int):
        raise failure(data)
    return data.to_bytes()


def readinto(fd, buffer, /):
    if fd not in ours:
        return _c.readinto(fd, buffer)
    view = memoryview(buffer).cast('B')
    data = read(fd, len(view))
    view[: len(data)] = data
    return len(data)


def readv(fd, buffers, /):
    if fd not in ours:
        return _c.readv(fd, buffers)
    data = memoryview(read(fd, sum(len(memoryview(buffer).cast('B')) for buffer in buffers)))
    count = len(data)
    for buffer in buffers:
        view = memoryview(buffer).cast('B')
        part = data[: len(view)]
        view[: len(part)] = part
        data = data[len(part) :]
    return count


def write(fd, data, /):
    if fd not in ours:
        return _c.write(fd, data)
    stacks.room()
    return checked(finish(stacks.kernel.write(fd, data)))


def writev(fd, buffers, /):
    if fd not in ours:
        return _c.writev(fd, buffers)
    return write(fd, b''.join(buffers))


def close(fd):
    if fd not in ours:
        return _c.close(fd)
    ours.discard(fd)
    stacks.room()
    checked(finish(stacks.kernel.close(fd)))


def closerange(fd_low, fd_high, /):
    for fd in sorted(ours):
        if fd_low <= fd < fd_high:
            close(fd)
    _c.closerange(fd_low, fd_high)


def dup(fd, /):
    if fd not in ours:
        return _c.dup(fd)
    twin = checked(stacks.kernel.dup(fd))
    ours.add(twin)
    return twin


def dup2(fd, fd2, inheritable=True):
    if fd not in ours and fd2 not in ours:
        return _c.dup2(fd, fd2, inheritable)
    if fd == fd2:
        return fd2
    streams = _standard_streams(fd2)
    if fd in ours:
        _free(fd2)
        ours.add(checked(stacks.kernel.dup_to(fd, fd2)))
    else:
        _c.fstat(fd)
        close(fd2)
        _c.dup2(fd, fd2, inheritable)
    for stream in streams:
        _turn_over(stream, fd2)
    return fd2


def _free(fd):
    try:
        close(fd)
    except OSError:
        pass


def _standard_streams(fd):
    """Those of `sys` that read or write this number, with nothing in them that is not written."""
    streams = {id(stream): stream for name in _STREAMS for stream in (getattr(sys, name), getattr(sys, f'__{name}__'))}
    found = [stream for stream in streams.values() if _number(stream) == fd]
    for stream in found:
        if stream.writable():
            stream.flush()
    return found


def _number(stream):
    try:
        return stream.buffer.raw.fileno() if isinstance(stream, io.TextIOWrapper) else None
    except (AttributeError, OSError, ValueError):
        return None


def _turn_over(stream, fd):
    """Its number stands for something else. C's raw file would not see that; `_pyio`'s asks `os`."""
    is_terminal = terminal is not None and fd == 0 and not is_redirected(fd)
    raw = terminal() if is_terminal else _pyio.FileIO(fd, 'w' if stream.writable() else 'r', closefd=False)
    stream.buffer.__init__(raw)


def set_blocking(fd, blocking, /):
    if fd not in ours:
        return _c.set_blocking(fd, blocking)
    checked(stacks.kernel.set_blocking(fd, bool(blocking)))


def get_blocking(fd, /):
    return _c.get_blocking(fd) if fd not in ours else stacks.kernel.blocks(fd) == 1


def fstat(fd):
    if fd not in ours:
        return _c.fstat(fd)
    mode = stat.S_IFSOCK | 0o777 if stacks.kernel.is_socket(fd) else stat.S_IFIFO | 0o600
    return os.stat_result((mode, fd, 14, 1, 0, 0, 0, 0, 0, 0))


def isatty(fd, /):
    return fd not in ours and _c.isatty(fd)


def lseek(fd, position, whence, /):
    if fd in ours:
        raise failure(ESPIPE)
    return _c.lseek(fd, position, whence)


def fsync(fd):
    if fd in ours:
        raise failure(EINVAL)
    return _c.fsync(fd)


def ftruncate(fd, length, /):
    if fd in ours:
        raise failure(EINVAL)
    return _c.ftruncate(fd, length)


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Over one of our numbers it makes the same layers as C's, with `_pyio`'s raw file at the bottom: that one asks `os`."""
    if not isinstance(file, int) or file not in ours:
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    raw_mode = mode.replace('b', '').replace('t', '').replace('U', '')
    binary = 'b' in mode
    if '+' in mode:
        raise io.UnsupportedOperation('File or stream is not seekable.')
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    if binary and (encoding is not None or errors is not None or newline is not None):
        raise ValueError('binary mode takes no encoding, errors or newline argument')
    raw = _pyio.FileIO(file, raw_mode, closefd)
    if buffering == 0:
        return raw
    size = io.DEFAULT_BUFFER_SIZE if buffering in (-1, 1) else buffering
    buffer = io.BufferedReader(raw, size) if raw_mode == 'r' else io.BufferedWriter(raw, size)
    if binary:
        return buffer
    text = io.TextIOWrapper(buffer, io.text_encoding(encoding), errors, newline, buffering == 1)
    text.mode = mode
    return text


def is_redirected(fd):
    """Whether one of the three standard numbers stands for something else than the page."""
    if fd in ours:
        return True
    try:
        return not stat.S_ISCHR(_c.fstat(fd).st_mode)
    except OSError:
        return False


def inherit(numbers):
    """At the start of a process: it has these from its parent."""
    ours.update(numbers)
    for fd, (name, mode) in enumerate(_STREAMS.items()):
        if fd in ours:
            stream = open(fd, mode, errors='backslashreplace' if fd == 2 else None, closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f'__{name}__', stream)


def install():
    global _pyio
    functions = [globals()[name] for name in _NAMES.split()]
    put(posix, pipe, *functions)
    for name in ('pipe', *_NAMES.split()):
        setattr(os, name, getattr(posix, name))
    # After `os` has ours, and before anybody has this one: it takes `open` and `close` from there.
    import _pyio

    builtins.open = io.open = io._io.open = builtin(open, 'io')
