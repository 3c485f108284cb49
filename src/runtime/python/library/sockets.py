"""`_socket`: streams between processes, by the name of a file or by a port of this machine. There is no other machine."""

import _socket
import errno
import os
import stat
import sys
import warnings

from . import descriptors, stacks
from .builtin import put
from .failure import EADDRINUSE, EAGAIN, ECONNREFUSED, EINVAL, ENOTCONN, checked, failure
from .stacks import finish

AF_UNIX = 1
AF_INET = 2
SOCK_STREAM = 1
SOL_SOCKET = 1
SCM_RIGHTS = 1
MSG_CTRUNC = 0x8
MSG_DONTWAIT = 0x40
MSG_WAITALL = 0x100

_NONBLOCK, _CLOEXEC = 0o4000, 0o2000000
_POLLIN, _POLLOUT = 1, 4
_HEAD = 16
"""Bytes of what stands before ancillary data, and the size to which it is filled up."""
_FILL = 8
_FIRST_PORT = 32768
_LOCAL = {'localhost': '127.0.0.1', '127.0.0.1': '127.0.0.1', '': '0.0.0.0', '0.0.0.0': '0.0.0.0'}

_default_timeout = None


def _seconds(value):
    if value is None:
        return None
    value = float(value)
    if value < 0:
        raise ValueError('Timeout value out of range')
    return value


class socket:
    """As C has it."""

    __slots__ = ('_fd', '_family', '_type', '_proto', '_timeout')

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._fd = -1
        self._timeout = _default_timeout
        if fileno is None:
            family = AF_INET if family == -1 else int(family)
            kind = SOCK_STREAM if type == -1 else int(type)
            if kind & _NONBLOCK:
                self._timeout = 0.0
            kind &= ~(_NONBLOCK | _CLOEXEC)
            if family not in (AF_UNIX, AF_INET):
                raise OSError(errno.EAFNOSUPPORT, 'Address family not supported by protocol')
            if kind != SOCK_STREAM:
                raise OSError(errno.ESOCKTNOSUPPORT, 'Socket type not supported')
            self._own(checked(stacks.kernel.socket(family)))
        else:
            self._take(fileno)
            family = checked(stacks.kernel.socket_family(self._fd)) if family == -1 else int(family)
            kind = SOCK_STREAM
        self._family = family
        self._type = kind
        self._proto = 0 if proto == -1 else int(proto)
        if self._timeout is not None:
            self._block(False)

    def _own(self, fd):
        descriptors.ours.add(fd)
        self._fd = fd

    def _take(self, fd):
        if isinstance(fd, float):
            raise TypeError("'float' object cannot be interpreted as an integer")
        fd = int(fd)
        if fd < 0:
            raise ValueError('negative file descriptor')
        if fd not in descriptors.ours:
            os.fstat(fd)
            raise failure(-errno.ENOTSOCK)
        checked(stacks.kernel.socket_family(fd))
        self._fd = fd

    def _block(self, blocking):
        checked(stacks.kernel.set_blocking(self._fd, blocking))

    def __repr__(self):
        return f'<socket object, fd={self._fd}, family={self._family}, type={self._type}, proto={self._proto}>'

    def __del__(self):
        if getattr(self, '_fd', -1) != -1 and stacks.kernel:
            warnings.warn(f'unclosed {self!r}', ResourceWarning, source=self)
            self.close()

    family = property(lambda self: self._family)
    type = property(lambda self: self._type)
    proto = property(lambda self: self._proto)
    timeout = property(lambda self: self._timeout)

    def fileno(self):
        return self._fd

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        fd, self._fd = self._fd, -1
        if fd != -1:
            try:
                os.close(fd)
            except ConnectionResetError:
                pass

    def settimeout(self, value, /):
        self._timeout = _seconds(value)
        self._block(value is None)

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag, /):
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0.0

    def _call(self, attempt, event, deadline=None, wait=True):
        """What `attempt` returns; with a time-out it is made again whenever it need not wait. `deadline`: of several calls together."""
        kernel = stacks.kernel
        if self._fd == -1:
            raise failure(-errno.EBADF)
        timeout = self._timeout if wait else 0.0
        if timeout and deadline is None:
            deadline = kernel.now() + timeout
        while True:
            stacks.room()
            result = finish(attempt())
            if result != EAGAIN:
                if isinstance(result, int) and result < 0:
                    raise failure(result)
                return result
            if not timeout:
                raise failure(EAGAIN)
            left = deadline - kernel.now()
            if left <= 0 or finish(kernel.poll(f'{self._fd},{event}', left)) == '':
                raise TimeoutError('timed out')

    # Names

    def bind(self, address, /):
        kernel = stacks.kernel
        if self._family == AF_UNIX:
            path = _path(address)
            door = checked(kernel.make_door(self._fd))
            name = _abstract(path) if path.startswith('\0') else _make_file(path)
            checked(kernel.name_door(self._fd, name, path))
            return
        host, port = _host_and_port(address, 'bind')
        if host not in _LOCAL and not host.startswith('127.'):
            raise OSError(errno.EADDRNOTAVAIL, 'Cannot assign requested address')
        door = checked(kernel.make_door(self._fd))
        port = port or _FIRST_PORT + door
        checked(kernel.name_door(self._fd, _of_port(port), f'{_LOCAL.get(host, host)}:{port}'))

    def listen(self, backlog=128, /):
        if self._fd != -1 and self._family == AF_INET and not stacks.kernel.socket_address(self._fd):
            self.bind(('', 0))
        checked(stacks.kernel.listen(self._fd))

    def _accept(self):
        fd = self._call(lambda: stacks.kernel.accept(self._fd), _POLLIN)
        descriptors.ours.add(fd)
        return fd, self._address(stacks.kernel.socket_peer(fd))

    def connect(self, address, /):
        if self._family == AF_UNIX:
            path = _path(address)
            name, peer, host = _abstract(path) if path.startswith('\0') else _name_of_file(path), path, ''
        else:
            host, port = _host_and_port(address, 'connect')
            host = _resolved(host)
            name, peer = _of_port(port), f'{host}:{port}'
        self._call(lambda: stacks.kernel.connect(self._fd, name, peer, host), _POLLOUT)

    def connect_ex(self, address, /):
        try:
            self.connect(address)
        except OSError as error:
            if error.errno is None:
                return errno.EAGAIN
            return error.errno
        return 0

    def _address(self, text):
        if self._family == AF_INET:
            host, _, port = text.rpartition(':')
            return (host or '0.0.0.0', int(port or 0))
        return os.fsencode(text) if text.startswith('\0') else text

    def getsockname(self):
        checked(stacks.kernel.socket_family(self._fd))
        return self._address(stacks.kernel.socket_address(self._fd))

    def getpeername(self):
        checked(stacks.kernel.socket_connected(self._fd))
        return self._address(stacks.kernel.socket_peer(self._fd))

    # Bytes

    def _receive(self, size, flags=0):
        data = self._call(lambda: stacks.kernel.read(self._fd, size), _POLLIN, wait=not flags & MSG_DONTWAIT)
        data = data.to_bytes()
        while flags & MSG_WAITALL and 0 < len(data) < size:
            more = self._receive(size - len(data))
            if not more:
                break
            data += more
        return data

    def recv(self, bufsize, flags=0, /):
        if bufsize < 0:
            raise ValueError('negative buffersize in recv')
        return self._receive(bufsize, flags)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast('B')
        if nbytes < 0:
            raise ValueError('negative buffersize in recv_into')
        if nbytes > len(view):
            raise ValueError('buffer too small for requested bytes')
        data = self._receive(nbytes or len(view), flags)
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0, /):
        return self.recv(bufsize, flags), None

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        return self.recv_into(buffer, nbytes, flags), None

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        if bufsize < 0:
            raise ValueError('negative buffer size in recvmsg()')
        kernel = stacks.kernel
        data = self._call(lambda: kernel.receive_with(self._fd, bufsize), _POLLIN, wait=not flags & MSG_DONTWAIT).to_bytes()
        found = kernel.take_received(max(0, (ancbufsize - _HEAD) // 4))
        truncated = found.startswith('+')
        numbers = [int(number) for number in found.lstrip('+').split(',') if number]
        descriptors.ours.update(number for number in numbers if kernel.is_open(number))
        ancillary = b''.join(number.to_bytes(4, sys.byteorder) for number in numbers)
        return data, [(SOL_SOCKET, SCM_RIGHTS, ancillary)] if numbers else [], MSG_CTRUNC if truncated else 0, None

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        views = [memoryview(buffer).cast('B') for buffer in buffers]
        data, ancillary, said, address = self.recvmsg(sum(len(view) for view in views), ancbufsize, flags)
        count = len(data)
        for view in views:
            part = data[: len(view)]
            view[: len(part)] = part
            data = data[len(part) :]
        return count, ancillary, said, address

    def send(self, data, flags=0, /):
        data = memoryview(data).cast('B')
        return self._call(lambda: stacks.kernel.write(self._fd, data), _POLLOUT, wait=not flags & MSG_DONTWAIT)

    def sendall(self, data, flags=0, /):
        data = memoryview(data).cast('B')
        deadline = stacks.kernel.now() + self._timeout if self._timeout else None
        while len(data) > 0:
            part = data
            data = data[self._call(lambda: stacks.kernel.write(self._fd, part), _POLLOUT, deadline) :]

    def sendto(self, data, *rest):
        if stacks.kernel.socket_connected(self._fd) == 0:
            raise failure(-errno.EISCONN)
        raise failure(ENOTCONN)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        data = b''.join(memoryview(buffer).cast('B') for buffer in buffers)
        numbers = []
        for level, kind, what in ancdata:
            if (level, kind) != (SOL_SOCKET, SCM_RIGHTS):
                raise failure(EINVAL)
            numbers += memoryview(bytes(memoryview(what).cast('B'))).cast('i').tolist()
        if not numbers:
            return self.send(data, flags)
        words = ','.join(map(str, numbers))
        return self._call(lambda: stacks.kernel.send_with(self._fd, data, words), _POLLOUT, wait=not flags & MSG_DONTWAIT)

    def shutdown(self, how, /):
        if how not in (0, 1, 2):
            raise failure(EINVAL)
        stacks.room()
        checked(finish(stacks.kernel.shutdown(self._fd, how)))

    # Options: there is nothing to choose.

    def setsockopt(self, level, option, value, length=None, /):
        checked(stacks.kernel.socket_family(self._fd))

    def getsockopt(self, level, option, length=0, /):
        checked(stacks.kernel.socket_family(self._fd))
        known = {'SO_TYPE': self._type, 'SO_DOMAIN': self._family, 'SO_PROTOCOL': self._proto, 'SO_SNDBUF': 65536, 'SO_RCVBUF': 65536}
        value = 0
        if level == SOL_SOCKET:
            value = next((value for name, value in known.items() if getattr(_socket, name, None) == option), 0)
        return value if length == 0 else value.to_bytes(4, sys.byteorder)[:length]


def _path(address):
    if not isinstance(address, (str, bytes, bytearray, os.PathLike)):
        raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")
    path = os.fsdecode(bytes(address) if isinstance(address, bytearray) else address)
    if len(os.fsencode(path)) > 107 + path.startswith('\0'):
        raise OSError('AF_UNIX path too long')
    return path


def _abstract(path):
    return f'socket {path}'


def _identity(path):
    """A socket's file may be renamed; one of the same name that is made later is another."""
    found = os.stat(path)
    if not stat.S_ISSOCK(found.st_mode):
        raise failure(ECONNREFUSED)
    return f'socket {found.st_dev}:{found.st_ino}'


def _make_file(path):
    if stacks.kernel.make_socket_file(os.path.abspath(path)) < 0:
        if os.path.lexists(path):
            raise failure(EADDRINUSE)
        # It says why not.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    return _identity(path)


def _name_of_file(path):
    try:
        return _identity(path)
    except OSError as error:
        # The system call knows of no name.
        raise type(error)(error.errno, error.strerror) from None


def _of_port(port):
    return f'port {port}'


def _host_and_port(address, call):
    if not isinstance(address, tuple):
        raise TypeError(f'{call}(): AF_INET address must be tuple, not {type(address).__name__}')
    if len(address) != 2:
        raise TypeError(f'{call}(): AF_INET address must be a pair (host, port)')
    host, port = address
    port = int(port)
    if not 0 <= port <= 65535:
        raise OverflowError(f'{call}(): port must be 0-65535.')
    return host.decode() if isinstance(host, bytes) else host, port


def _resolved(host):
    if host in ('', '0.0.0.0', 'localhost'):
        return '127.0.0.1'
    if host.startswith('127.'):
        return host
    if host.replace('.', '').isdigit():
        raise OSError(errno.ENETUNREACH, 'Network is unreachable')
    raise _socket.gaierror(-2, 'Name or service not known')


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    family = AF_UNIX if family is None else family
    if family != AF_UNIX:
        raise OSError(errno.EOPNOTSUPP, 'Operation not supported')
    if int(type) & ~(_NONBLOCK | _CLOEXEC) != SOCK_STREAM:
        raise OSError(errno.ESOCKTNOSUPPORT, 'Socket type not supported')
    ends = checked(stacks.kernel.socketpair(int(family)))
    numbers = ends & 0xFFFF, ends >> 16
    descriptors.ours.update(numbers)
    return tuple(socket(family, type, proto, number) for number in numbers)


def close(fd, /):
    os.close(fd)


def dup(fd, /):
    return os.dup(fd)


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout, /):
    global _default_timeout
    _default_timeout = _seconds(timeout)


def CMSG_LEN(length, /):
    return _HEAD + length


def CMSG_SPACE(length, /):
    return _HEAD + (length + _FILL - 1) // _FILL * _FILL


def gethostname():
    return 'localhost'


def gethostbyname(hostname, /):
    return _resolved(hostname)


def gethostbyaddr(ip_address, /):
    return 'localhost', [], [_resolved(ip_address)]


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if isinstance(port, str):
        if not port.isdigit():
            raise _socket.gaierror(-8, 'Servname not supported for ai_socktype')
        port = int(port)
    if family not in (0, AF_INET):
        raise _socket.gaierror(-9, 'Address family for hostname not supported')
    host = host.decode() if isinstance(host, bytes) else host
    passive = not host and flags & 1
    return [(AF_INET, SOCK_STREAM, 6, '', ('0.0.0.0' if passive else _resolved(host or ''), port or 0))]


def install():
    socket.__module__ = '_socket'
    socket.__qualname__ = socket.__name__
    _socket.socket = _socket.SocketType = socket
    constants = {'AF_UNIX': AF_UNIX, 'SOL_SOCKET': SOL_SOCKET, 'SCM_RIGHTS': SCM_RIGHTS, 'SO_REUSEADDR': 2, 'SO_TYPE': 3}
    constants |= {'SO_ERROR': 4, 'SO_SNDBUF': 7, 'SO_RCVBUF': 8, 'SO_PROTOCOL': 38, 'SO_DOMAIN': 39}
    constants |= {'MSG_CTRUNC': MSG_CTRUNC, 'MSG_DONTWAIT': MSG_DONTWAIT, 'MSG_WAITALL': MSG_WAITALL, 'has_ipv6': False}
    for name, value in constants.items():
        setattr(_socket, name, value)
    put(_socket, socketpair, close, dup, getdefaulttimeout, setdefaulttimeout, CMSG_LEN, CMSG_SPACE)
    put(_socket, gethostname, gethostbyname, gethostbyaddr, getaddrinfo)
