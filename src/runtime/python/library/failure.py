"""Error numbers of kernel calls as exceptions: Linux's numbers and words."""

_KNOWN = {
    2: (FileNotFoundError, 'No such file or directory'),
    3: (ProcessLookupError, 'No such process'),
    9: (OSError, 'Bad file descriptor'),
    10: (ChildProcessError, 'No child processes'),
    11: (BlockingIOError, 'Resource temporarily unavailable'),
    12: (OSError, 'Cannot allocate memory'),
    17: (FileExistsError, 'File exists'),
    22: (OSError, 'Invalid argument'),
    23: (OSError, 'Too many open files in system'),
    24: (OSError, 'Too many open files'),
    28: (OSError, 'No space left on device'),
    29: (OSError, 'Illegal seek'),
    32: (BrokenPipeError, 'Broken pipe'),
    36: (OSError, 'File name too long'),
    88: (OSError, 'Socket operation on non-socket'),
    95: (OSError, 'Operation not supported'),
    97: (OSError, 'Address family not supported by protocol'),
    98: (OSError, 'Address already in use'),
    104: (ConnectionResetError, 'Connection reset by peer'),
    106: (OSError, 'Transport endpoint is already connected'),
    107: (OSError, 'Transport endpoint is not connected'),
    111: (ConnectionRefusedError, 'Connection refused'),
}

ENOENT = -2
EBADF = -9
EAGAIN = -11
EINVAL = -22
ESPIPE = -29
ENAMETOOLONG = -36
EADDRINUSE = -98
ENOTCONN = -107
ECONNREFUSED = -111


def failure(code, filename=None):
    """The exception for what a kernel call has returned, a number below 0."""
    kind, words = _KNOWN[-code]
    error = kind(-code, words)
    if filename is not None:
        error.filename = filename
    return error


def checked(result):
    if result < 0:
        raise failure(result)
    return result
