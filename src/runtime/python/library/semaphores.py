"""`_multiprocessing`: semaphores that processes share, by name."""

import sys
import types

from . import stacks
from .builtin import put
from .failure import checked
from .stacks import finish

RECURSIVE_MUTEX = 0
SEMAPHORE = 1


class SemLock:
    """Semaphore/Mutex type"""

    SEM_VALUE_MAX = 0x7FFFFFFF

    __slots__ = ('handle', 'kind', 'maxvalue', 'name', '_taken', '_owner', '__weakref__')

    def __new__(cls, kind, value, maxvalue, name, unlink):
        if kind not in (RECURSIVE_MUTEX, SEMAPHORE):
            raise ValueError('unrecognized kind')
        handle = checked(stacks.kernel.sem_open(kind, value, maxvalue, name))
        if unlink:
            stacks.kernel.sem_unlink(name)
        return cls._of(handle, kind, maxvalue, None if unlink else name)

    @classmethod
    def _of(cls, handle, kind, maxvalue, name):
        self = object.__new__(cls)
        self.handle = handle
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = name
        self._taken = 0
        self._owner = None
        return self

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name, /):
        return cls._of(checked(stacks.kernel.sem_find(handle, name or '')), kind, maxvalue, name)

    def acquire(self, block=True, timeout=None):
        if self.kind == RECURSIVE_MUTEX and self._is_mine():
            self._taken += 1
            return True
        seconds = 0 if not block else -1 if timeout is None else max(0.0, float(timeout))
        if not finish(stacks.kernel.sem_wait(self.handle, seconds)):
            return False
        self._taken += 1
        self._owner = stacks.current
        return True

    def release(self):
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError('attempt to release recursive lock not owned by thread')
            if self._taken > 1:
                self._taken -= 1
                return
        if finish(stacks.kernel.sem_post(self.handle)) < 0:
            raise ValueError('semaphore or lock released too many times')
        self._taken -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type=None, exc_value=None, exc_tb=None, /):
        self.release()

    def _count(self):
        return self._taken

    def _is_mine(self):
        return self._taken > 0 and self._owner == stacks.current

    def _get_value(self):
        return stacks.kernel.sem_value(self.handle)

    def _is_zero(self):
        return self._get_value() == 0

    def _after_fork(self):
        self._taken = 0


def sem_unlink(name, /):
    checked(stacks.kernel.sem_unlink(name))


def install():
    module = types.ModuleType('_multiprocessing')
    SemLock.__module__ = '_multiprocessing'
    module.SemLock = SemLock
    module.flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}
    put(module, sem_unlink)
    sys.modules['_multiprocessing'] = module
