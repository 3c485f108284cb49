"""What is observed of `multiprocessing`'s processes, locks and shared variables. Several processes know the same objects: a row is
found again by the semaphore or the memory that the object is made of.
"""

import ctypes
import multiprocessing.process
import multiprocessing.sharedctypes
import multiprocessing.synchronize as synchronize
import os

from . import rows, stacks
from .observe import ERROR, FALSE, MAX_INT, OK, TIMED_OUT, Call, Made, MadeBy, end, hidden, maker_of, table, ticks_of, transparent
from .semaphores import RECURSIVE_MUTEX, SemLock
from .shown import shown

# ObjectKind
LOCK, EVENT, RLOCK, SEMAPHORE, BOUNDED, CONDITION, BARRIER, ARRAY, VALUE = 3, 4, 7, 8, 9, 10, 11, 17, 5
# BlockReason
_BY_LOCK, _BY_EVENT, _BY_JOIN, _BY_OTHER, _BY_SEMAPHORE, _BY_CONDITION = 3, 4, 5, 6, 7, 8
# Operation
_ACQUIRE, _RELEASE, _WAIT, _SET, _CLEAR, _IS_SET, _JOIN, _START = 1, 2, 3, 4, 5, 6, 7, 8
_TERMINATE, _GET_VALUE, _NOTIFY, _NOTIFY_ALL = 11, 12, 13, 14
# Kind
_LOAD, _STORE = 11, 12
# PartRole
_ROLE_LOCK = 6
# ValueForm
_INTEGER = 0


def kind_of(semlock):
    return stacks.kernel.shown_as(semlock.handle) or _kind_of(semlock)


def _kind_of(semlock):
    if semlock.kind == RECURSIVE_MUTEX:
        return RLOCK
    if semlock.maxvalue == MAX_INT:
        return SEMAPHORE
    return LOCK if semlock.maxvalue == 1 else BOUNDED


def show(semlock, name, kind=None):
    """A semaphore of the kernel's that the program has made, or that is a part of such an object."""
    kind = kind or _kind_of(semlock)
    counts = kind in (SEMAPHORE, BOUNDED)
    first = semlock._get_value() if counts else 0
    stacks.kernel.show_object(semlock.handle, kind, name, first, semlock.maxvalue if counts else 0)
    rows.give(semlock, semlock.handle)


def _row_of_semlock(semlock):
    return semlock.handle if stacks.kernel.shown_as(semlock.handle) else 0


def _inner(wrapper):
    return wrapper._semlock


def seconds(names):
    """Of `acquire(block, timeout)`."""
    timeout = names['timeout']
    return 0 if not names['block'] else ticks_of(None if timeout is None else max(0.0, timeout))


def _reason(semlock):
    return _BY_SEMAPHORE if kind_of(semlock) in (SEMAPHORE, BOUNDED) else _BY_LOCK


def _is_told(semlock, _names):
    """A lock that is free is taken at once, and has only its end in the log."""
    return kind_of(semlock) != LOCK or semlock._is_zero()


def _count(call, _value):
    kind = kind_of(call.subject)
    if kind == LOCK:
        return 0
    return max(0, call.subject._taken) if kind == RLOCK else call.subject._get_value()


_SEMAPHORES = {
    'SemLock.acquire': Call(_ACQUIRE, _reason, argument=seconds, waits=_is_told, result=_count),
    'SemLock.release': Call(_RELEASE, _reason, waits=lambda semlock, _names: kind_of(semlock) != LOCK, result=_count),
}


def _make_semaphore(kind):
    return Made(lambda wrapper, name: _show_wrapper(wrapper, name, kind))


def _show_wrapper(wrapper, name, kind):
    show(wrapper._semlock, name, kind)
    rows.give(wrapper, wrapper._semlock.handle)


# Conditions, events, barriers


def _key_of_condition(condition):
    return condition._wait_semaphore._semlock.handle


def make_condition(condition, name):
    lock = condition._lock._semlock
    if rows.row_of(lock) == 0:
        show(lock, f'{name}.lock' if name else '')
    row = stacks.kernel.make_shared(CONDITION, name, lock.handle, 0, _key_of_condition(condition), 0)
    rows.give(condition, row)
    return row


def _make_shared(kind, key, words):
    def make(subject, name):
        rows.give(subject, stacks.kernel.make_shared(kind, name, *words(subject), key(subject), 0))

    return make


def _key_of_event(event):
    return event._flag._semlock.handle


def _key_of_barrier(barrier):
    return _key_of_condition(barrier._cond)


def _found(kind, key):
    return lambda subject: stacks.kernel.find_shared(kind, key(subject), 0)


def _waiting(condition, _names=None):
    return condition._sleeping_count._semlock._get_value() - condition._woken_count._semlock._get_value()


def _wait_ticks(names):
    return ticks_of(names['timeout'])


def _raised(_call, value, error):
    return ERROR if error else OK if value else TIMED_OUT


_SYNCHRONIZE = {
    'Lock.__init__': _make_semaphore(LOCK),
    'RLock.__init__': _make_semaphore(RLOCK),
    'Semaphore.__init__': _make_semaphore(SEMAPHORE),
    'BoundedSemaphore.__init__': _make_semaphore(BOUNDED),
    'Semaphore.get_value': Call(_GET_VALUE, _BY_SEMAPHORE, subject=_inner, result=lambda call, value: value or 0),
    'Condition.__init__': Made(make_condition),
    'Condition.wait': Call(_WAIT, _BY_CONDITION, argument=_wait_ticks),
    'Condition.notify': Call(
        _NOTIFY,
        _BY_CONDITION,
        argument=lambda names: min(names['n'], MAX_INT),
        before=_waiting,
        result=lambda call, _value: min(call.extra, call.argument),
    ),
    'Condition.notify_all': Call(
        _NOTIFY_ALL, _BY_CONDITION, argument=lambda _names: -1, before=_waiting, result=lambda call, _value: call.extra
    ),
    'Event.__init__': Made(_make_shared(EVENT, _key_of_event, lambda _event: (0, 0))),
    'Event.is_set': Call(_IS_SET, _BY_EVENT, outcome=lambda _call, value, _error: OK if value else FALSE),
    'Event.set': Call(
        _SET,
        _BY_EVENT,
        before=lambda event, _names: _waiting(event._cond),
        result=lambda call, _value: call.extra,
    ),
    'Event.clear': Call(_CLEAR, _BY_EVENT),
    'Event.wait': Call(_WAIT, _BY_EVENT, argument=_wait_ticks, outcome=_raised),
    'Barrier.__init__': Made(_make_shared(BARRIER, _key_of_barrier, lambda barrier: (0, barrier._parties))),
}


# Shared variables


def _place(value):
    """The shared memory that it lies in, and where."""
    (arena, start, _stop), _size = value._obj._wrapper._state
    return os.fstat(arena.fd).st_ino, start


def _is_array(value):
    return isinstance(value._obj, ctypes.Array)


def _find_value(value):
    return stacks.kernel.find_shared(ARRAY if _is_array(value) else VALUE, *_place(value))


def _make_value(value, name):
    if not isinstance(value, multiprocessing.sharedctypes.SynchronizedBase):
        return  # A raw one: C reads and writes it.
    kernel = stacks.kernel
    if _is_array(value):
        row = kernel.make_shared(ARRAY, name, len(value._obj), _INTEGER, *_place(value))
        for index, item in enumerate(value._obj[: min(len(value._obj), 256)]):
            if item:
                _log_value(_STORE, row, item, index)
    else:
        held = value._obj.value if isinstance(value._obj, ctypes._SimpleCData) else 0
        row = kernel.make_value(name, held if isinstance(held, (int, float)) else 0, *_place(value))
    rows.give(value, row)
    lock = getattr(value._lock, '_semlock', None)
    if lock is not None and rows.row_of(lock):
        kernel.part(_ROLE_LOCK, lock.handle, row)


def _show_lock(value):
    """Its own lock is shown to whoever asks for it, or has to wait for it."""
    row = rows.row_of(value)
    lock = getattr(value._lock, '_semlock', None)
    if row and lock is not None and not stacks.kernel.shown_as(lock.handle):
        name = stacks.kernel.name_of(row)
        show(lock, f'{name}.lock' if name else '')
        stacks.kernel.part(_ROLE_LOCK, lock.handle, row)


def _log_value(kind, row, value, index=0):
    if isinstance(value, (bool, int)) and abs(value) < 2**53:
        stacks.kernel.log_number(kind, row, int(value), index)
    elif isinstance(value, float):
        stacks.kernel.log_number(kind, row, value, index)
    else:
        stacks.kernel.log_text(kind, row, shown(value), index)


class _Access(Call):
    """A reading or a writing. The taking of its lock is not told, unless it has to wait."""

    covers = True

    def __init__(self, kind, value=None, index=None):
        super().__init__(0, 0, waits=lambda _subject, _names: False, before=self._look)
        self._kind = kind
        self._value = value
        self._index = index

    def _look(self, value, names):
        lock = getattr(value._lock, '_semlock', None)
        if lock is not None and lock._is_zero() and not lock._is_mine():
            _show_lock(value)
        return (
            0 if self._index is None else names[self._index],
            None if self._value is None else names[self._value],
        )

    def close(self, thread, call, value, error):
        thread.calls.pop()
        index, stored = call.extra
        if error is None and isinstance(index, int):
            found = call.subject._obj
            if index < 0:
                index += len(found)
            # What is there now: C may have cut off what was stored.
            held = value if stored is None else found[index] if _is_array(call.subject) else found.value
            _log_value(self._kind, call.row, held, index)


class _Asked(Made):
    """`get_lock`."""

    def __init__(self):
        super().__init__(None)

    def end(self, frame, _value):
        _show_lock(frame.f_locals['self'])


_SHARED = {
    'Value': MadeBy(_make_value),
    'Array': MadeBy(_make_value),
    'SynchronizedBase.get_lock': _Asked(),
    'SynchronizedArray.__getitem__': _Access(_LOAD, index='i'),
    'SynchronizedArray.__setitem__': _Access(_STORE, value='value', index='i'),
}
_PROPERTIES = {'getvalue': _Access(_LOAD), 'setvalue': _Access(_STORE, value='value')}


# Processes


on_start = []
"""Functions of the frame that has started a process, and of its row."""


class _Start(Call):
    def begin(self, frame):
        self.open(frame, frame.f_locals['self'], 0, frame.f_locals)

    def log(self, call, outcome, value):
        process = call.subject
        pid = process._popen.pid if process._popen is not None else 0
        row = stacks.kernel.process_row(pid) if pid else 0
        if row:
            rows.give(process, row)
            for tell in on_start:
                tell(call.frame.f_back, row)
        end(call, row, outcome, pid)


def _join_outcome(call, _value, error):
    if error is not None:
        return ERROR
    return TIMED_OUT if call.subject._popen.returncode is None else OK


def _pid(process):
    """0: it was not started, or is closed, and the library is about to say so."""
    return 0 if process._popen is None else process._popen.pid


def _return_code(process):
    return None if process._popen is None else process._popen.returncode


def _exit_code(call, _value):
    popen = call.subject._popen
    if popen is None:
        return 0
    return popen.pid if popen.returncode is None else popen.returncode


def _signal(number):
    return Call(
        _TERMINATE,
        _BY_OTHER,
        argument=lambda names: _pid(names['self']),
        before=lambda process, _names: _return_code(process),
        outcome=lambda call, _value, error: ERROR if error else OK if call.extra is None else FALSE,
        result=lambda _call, _value: -number,
    )


_PROCESSES = {
    'BaseProcess.start': _Start(_START, _BY_OTHER),
    'BaseProcess.join': Call(_JOIN, _BY_JOIN, argument=_wait_ticks, outcome=_join_outcome, result=_exit_code),
    'BaseProcess.terminate': _signal(15),
    'BaseProcess.kill': _signal(9),
}

_FACTORIES = 'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier Queue JoinableQueue SimpleQueue Pipe Value Array Pool Manager'


def install():
    transparent.update(f'BaseContext.{name}' for name in _FACTORIES.split())
    hidden.add('Condition._is_owned')
    table.add('_procession/semaphores.py', _SEMAPHORES)
    table.add('multiprocessing/synchronize.py', _SYNCHRONIZE)
    table.add('multiprocessing/sharedctypes.py', _SHARED)
    table.add('<string>', _PROPERTIES)
    table.add('multiprocessing/process.py', _PROCESSES)
    rows.found_by(SemLock, _row_of_semlock)
    rows.found_by(synchronize.Condition, _found(CONDITION, _key_of_condition))
    rows.found_by(synchronize.Event, _found(EVENT, _key_of_event))
    rows.found_by(synchronize.Barrier, _found(BARRIER, _key_of_barrier))
    for kind in ('Synchronized', 'SynchronizedArray', 'SynchronizedString'):
        rows.found_by(getattr(multiprocessing.sharedctypes, kind), _find_value)
