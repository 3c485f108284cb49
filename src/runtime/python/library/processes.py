"""`os` and `_posixsubprocess`, as far as they are about processes. A new process is a new interpreter: there is no `fork`."""

import json
import os
import posix
import sys
import types

from . import descriptors, stacks
from .builtin import put
from .failure import EAGAIN, ENOENT, checked, failure
from .stacks import finish

EXECUTABLE = '/usr/bin/python3'


def getppid():
    return stacks.kernel.ppid()


def cpu_count():
    return stacks.kernel.cpu_count() if stacks.kernel else 1


def _status(code):
    """As `wait` of POSIX packs it: a signal in the lower byte, an exit code above it."""
    return -code if code < 0 else (code & 0xFF) << 8


def waitpid(pid, options, /):
    found = checked(finish(stacks.kernel.waitpid(pid if pid > 0 else -1, not options & os.WNOHANG)))
    return (found, _status(stacks.kernel.exit_code())) if found else (0, 0)


def wait():
    return waitpid(-1, 0)


def _exit(status):
    # No exception: whoever catches all would catch it.
    finish(stacks.kernel.exit(status & 0xFF))


def fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, *pipes_and_more):
    """Starts this interpreter with a command line; there is no other program."""
    command = [os.fsdecode(arg) for arg in args]
    if not any(os.fsdecode(path) == EXECUTABLE for path in executable_list):
        raise failure(ENOENT, command[0])
    environment = os.environb if env is None else dict(entry.split(b'=', 1) for entry in env)
    letter = {
        'args': command,
        'directory': os.getcwd() if cwd is None else os.fsdecode(cwd),
        'environment': {os.fsdecode(name): os.fsdecode(value) for name, value in environment.items()},
    }
    p2cread, _, _, c2pwrite, _, errwrite, _, errpipe_write, *_ = pipes_and_more
    # What the error pipe would say is raised here.
    handed = [(number, number) for number in pass_fds if number != errpipe_write]
    for target, number in enumerate((p2cread, c2pwrite, errwrite)):
        if number != -1:
            handed.append((number, target))
        elif descriptors.is_redirected(target):
            handed.append((target, target))
    numbers = ','.join(f'{number}:{target}' for number, target in handed)
    name, daemon = _named()
    pid = finish(stacks.kernel.spawn(name, daemon, json.dumps(letter), numbers))
    if pid == EAGAIN:
        error = failure(EAGAIN)
        error.add_note('Each process has an interpreter of its own here, and no more of them can run at once.')
        raise error
    return checked(pid)


def _named():
    """What the process that is being started is called, for the log: the library is about to start this object's."""
    frame = sys._getframe()
    while frame is not None:
        process = frame.f_locals.get('process_obj') if frame.f_code.co_name == '_launch' else None
        if process is not None:
            return process.name, process.daemon
        frame = frame.f_back
    return 'python3', False


def install():
    sys.executable = EXECUTABLE
    put(posix, getppid, cpu_count, waitpid, wait, _exit)
    for name in ('getppid', 'cpu_count', 'waitpid', 'wait', '_exit'):
        setattr(os, name, getattr(posix, name))
    os.process_cpu_count = os.cpu_count
    for name in ('fork', 'forkpty'):
        for module in (os, posix):
            module.__dict__.pop(name, None)
    module = types.ModuleType('_posixsubprocess')
    put(module, fork_exec)
    sys.modules['_posixsubprocess'] = module
