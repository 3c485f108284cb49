"""What CPython keeps in C as `_thread`: here a thread is a stack of the one interpreter, and the kernel says which of them runs."""

import _thread
import itertools
import sys
from collections import deque

from . import stacks, variables, watched
from .stacks import finish

LOCK = 3  # BlockReason
JOIN = 5
OTHER = 6

MAIN = _thread.get_ident()
"""Must stay what C says: the import system holds locks of this owner while all this is put in place."""

stacks.current = MAIN

_idents = itertools.count(MAIN + 1)
_alive = set()
_to_join = {}
"""In the order of their start, as C has them: a process waits for them at its end."""
finalizing = False
"""The main thread has come to the end of the process; no other thread runs any more."""
_locals = []


def get_ident():
    return stacks.current


def get_native_id():
    return stacks.kernel.tid() if stacks.kernel else MAIN


def _refuse_pickling(self, _protocol):
    kind = type(self)
    if kind.__reduce__ is not object.__reduce__:
        return kind.__reduce__(self)
    name = f'_thread.{kind.__name__}' if kind.__module__ == '_thread' else kind.__name__
    raise TypeError(f'cannot pickle {name!r} object')


class lock:
    """As C has it. A release wakes the one that waits longest; who is quicker may still take the lock before it."""

    __slots__ = ('_held', '_waiters', '_row', '_reason', '__weakref__')

    def __init__(self):
        self._held = False
        self._waiters = deque()
        self._row = 0
        self._reason = LOCK

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError('timeout value must be a non-negative number')
        if timeout > _thread.TIMEOUT_MAX:
            raise OverflowError('timeout value is too large')
        if not self._held:
            self._held = True
            return True
        return bool(blocking) and timeout != 0 and self._wait(timeout)

    def _wait(self, timeout):
        kernel = stacks.kernel
        me = kernel.self()
        deadline = None if timeout == -1 else kernel.now() + timeout
        stacks.room()
        while self._held:
            left = -1 if deadline is None else deadline - kernel.now()
            if deadline is not None and left <= 0:
                return False
            self._waiters.append(me)
            if not finish(kernel.park(self._row, self._reason if self._row else OTHER, left)):
                if me in self._waiters:
                    self._waiters.remove(me)
                elif self._held:
                    # Chosen at the moment when the time was up.
                    self._wake()
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False
        self._wake()
        if stacks.overdue:
            stacks.give_way()

    def _wake(self):
        if self._waiters:
            stacks.room()
            finish(stacks.kernel.unpark(self._waiters.popleft()))

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    def _at_fork_reinit(self):
        self.__init__()

    def __init_subclass__(cls):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    __reduce_ex__ = _refuse_pickling
    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def __repr__(self):
        return f'<{"locked" if self._held else "unlocked"} _thread.lock object at {hex(id(self))}>'


class RLock:
    __slots__ = ('_block', '_owner', '_count', '__weakref__')

    def __new__(cls, *args, **kwargs):
        # As in C: what it is called with is for a subclass.
        self = object.__new__(cls)
        self._at_fork_reinit()
        return self

    def __init__(self, *args, **kwargs):
        """Where it is seen to be made."""

    def acquire(self, blocking=True, timeout=-1):
        me = stacks.current
        if self._owner == me:
            self._count += 1
            return True
        if not self._block.acquire(blocking, timeout):
            return False
        self._owner = me
        self._count = 1
        return True

    __enter__ = acquire

    def release(self):
        if self._owner != stacks.current:
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if self._count == 0:
            self._owner = None
            self._block.release()

    def __exit__(self, *_):
        self.release()

    def locked(self):
        return self._block.locked()

    def _is_owned(self):
        return self._owner == stacks.current

    def _recursion_count(self):
        return self._count if self._owner == stacks.current else 0

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError('cannot release un-acquired lock')
        state = self._count, self._owner
        self._count = 0
        self._owner = None
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self):
        self._block = lock()
        self._owner = None
        self._count = 0

    __reduce_ex__ = _refuse_pickling

    def __repr__(self):
        state = 'locked' if self._block.locked() else 'unlocked'
        return f'<{state} _thread.RLock object owner={self._owner or 0} count={self._count} at {hex(id(self))}>'


class _local:
    """C's is keyed by what all stacks of this interpreter have in common."""

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        object.__setattr__(self, '_procession', ({stacks.current: {}}, args, kwargs))
        _locals.append(weakref.ref(self, _locals.remove))
        return self

    __reduce_ex__ = _refuse_pickling

    def __getattribute__(self, name):
        namespace = _namespace(self)
        if name == '__dict__':
            return namespace
        if name in namespace:
            return namespace[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        if hasattr(type(getattr(type(self), name, None)), '__set__'):
            object.__setattr__(self, name, value)
        else:
            _namespace(self)[name] = value

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError(f"'{type(self).__name__}' object attribute '__dict__' is read-only")
        namespace = _namespace(self)
        if name not in namespace:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        del namespace[name]


def _namespace(local):
    """What a `_local` holds for the running thread; made, and initialised, when the thread first asks."""
    namespaces, args, kwargs = object.__getattribute__(local, '_procession')
    namespace = namespaces.get(stacks.current)
    if namespace is None:
        namespace = namespaces[stacks.current] = {}
        type(local).__init__(local, *args, **kwargs)
    return namespace


class _ThreadHandle:
    def __init__(self):
        self.ident = None
        self._started = False
        self._tid = 0
        self._row = 0
        self._done = False
        self._lock = lock()
        self._lock._reason = JOIN

    def is_done(self):
        return self._done

    def _set_started(self):
        if self._started:
            raise RuntimeError('thread already started')
        self._started = True
        self._lock.acquire()

    def _set_unstarted(self):
        self._started = False
        self._lock.release()

    def _set_done(self):
        if not self._started:
            raise RuntimeError('thread not started')
        self._done = True
        _to_join.pop(self, None)
        if self._lock.locked():
            self._lock.release()

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError('thread not started')
        if self._done:
            return
        if self.ident == stacks.current:
            raise RuntimeError('Cannot join current thread')
        if finalizing:
            # It will not run any more.
            raise PythonFinalizationError('cannot join thread at interpreter shutdown')
        if self._lock.acquire(True, -1 if timeout is None or timeout < 0 else timeout):
            self._lock.release()

    __reduce_ex__ = _refuse_pickling


def _run(ident, calls, handle, library):
    """The whole life of a thread, on its own stack. `calls`: the one that it is for."""
    stacks.kernel.protect_stack()
    stacks.current = ident
    function, args, kwargs = calls.pop()
    forget_loop()
    watched.running().library = library
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as error:
        _tell_unraisable(error, f'Exception ignored in thread started by {function!r}')
    finally:
        # What goes with it may come to the kernel, and needs a stack for that.
        del function, args, kwargs
        _alive.discard(ident)
        variables.ended(watched.running())
        watched.forget(ident)
        for reference in list(_locals):
            local = reference()
            if local is not None:
                object.__getattribute__(local, '_procession')[0].pop(ident, None)
        if handle is not None:
            handle._set_done()


def forget_loop():
    """Each stack begins with Pyodide's event loop as the running one, which nothing here has started."""
    _set_running_loop(None)


def _tell_unraisable(error, message):
    """Of a thread without `threading`'s own hook."""
    sys.unraisablehook(_UnraisableHookArgs((type(error), error, error.__traceback__, message, None)))


def _find_unraisable_type():
    """C's own hook takes nothing else, and it has no name anywhere."""

    class Raises:
        def __del__(self):
            raise ValueError

    seen = []
    before, sys.unraisablehook = sys.unraisablehook, lambda args: seen.append(type(args))
    try:
        Raises()
    finally:
        sys.unraisablehook = before
    return seen[0]


def _start(function, args, kwargs, handle, daemon):
    if finalizing:
        raise PythonFinalizationError("can't create new thread at interpreter shutdown")
    if not _can_switch():
        raise RuntimeError(
            "can't start new thread: this browser cannot suspend a stack of WebAssembly. "
            'Chrome and Edge can from version 137 on, Firefox 153 can; processes work without'
        )
    ident = next(_idents)
    library = watched.serves_library(function)
    name = getattr(getattr(function, '__self__', None), '_name', None) or f'Thread-{ident}'
    stacks.room()
    calls = [(function, args, kwargs)]
    target = create_proxy(lambda: _run(ident, calls, handle, library))
    _alive.add(ident)
    tid = finish(stacks.kernel.start_thread(target, name, daemon, library))
    if tid < 0:
        _alive.discard(ident)
        raise RuntimeError("can't start new thread")
    if handle is not None:
        handle._tid = tid
        handle._row = handle._lock._row = stacks.kernel.thread_row(tid)
    return ident


def _can_switch():
    return stacks.kernel.can_switch()


def start_joinable_thread(function, handle=None, daemon=True):
    handle = handle or _ThreadHandle()
    handle._set_started()
    # In the order of the starts, whatever the new thread has done by the time that this one goes on.
    if not daemon:
        _to_join[handle] = None
    try:
        handle.ident = _start(function, (), {}, handle, daemon)
    except BaseException:
        _to_join.pop(handle, None)
        handle._set_unstarted()
        raise
    return handle


def start_new_thread(function, args=(), kwargs={}, /):
    return _start(function, args, kwargs, None, True)


def _make_thread_handle(ident):
    """Of a thread that runs already, and that nobody but `_set_done` will end."""
    handle = _ThreadHandle()
    handle.ident = ident
    handle._set_started()
    return handle


def _shutdown():
    while _to_join:
        _join_at_end(next(iter(_to_join)))


def _join_at_end(handle):
    _to_join.pop(handle, None)
    handle.join()


def _is_finalizing():
    return finalizing


def install():
    """Into the module itself: the import system has taken its locks from there already."""
    global weakref, create_proxy, _set_running_loop, _UnraisableHookArgs
    import weakref
    from _asyncio import _set_running_loop

    from pyodide.ffi import create_proxy

    _UnraisableHookArgs = _find_unraisable_type()
    sys.is_finalizing = _is_finalizing
    ours = {
        'LockType': lock,
        'lock': lock,
        'allocate': lock,
        'allocate_lock': lock,
        'RLock': RLock,
        '_local': _local,
        '_ThreadHandle': _ThreadHandle,
        '_make_thread_handle': _make_thread_handle,
        '_count': lambda: len(_alive),
        '_get_main_thread_ident': lambda: MAIN,
        '_shutdown': _shutdown,
        'daemon_threads_allowed': lambda: True,
        'get_ident': get_ident,
        'get_native_id': get_native_id,
        'set_name': lambda name: None,
        'start_joinable_thread': start_joinable_thread,
        'start_new': start_new_thread,
        'start_new_thread': start_new_thread,
    }
    for name, value in ours.items():
        value.__module__ = '_thread'
        if value.__name__ == '<lambda>':
            value.__name__ = value.__qualname__ = name
        setattr(_thread, name, value)
