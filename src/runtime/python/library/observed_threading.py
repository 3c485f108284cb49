"""What is observed of `threading`, `_thread` and `time`."""

from . import rows, stacks
from .observe import ERROR, MAX_INT, OK, TIMED_OUT, Call, Made, Moment, Open, end, hidden, maker_of, simple, table, ticks_of, transparent
from .threads import RLock
from .watched import running

# ObjectKind
_LOCK, _EVENT, _RLOCK, _SEMAPHORE, _BOUNDED, _CONDITION, _BARRIER = 3, 4, 7, 8, 9, 10, 11
# BlockReason
_BY_SLEEP, _BY_LOCK, _BY_EVENT, _BY_JOIN, _BY_OTHER, _BY_SEMAPHORE, _BY_CONDITION, _BY_BARRIER = 1, 3, 4, 5, 6, 7, 8, 9
# Operation
_ACQUIRE, _RELEASE, _WAIT, _SET, _CLEAR, _IS_SET, _JOIN, _START, _SLEEP = 1, 2, 3, 4, 5, 6, 7, 8, 9
_NOTIFY, _NOTIFY_ALL, _ARRIVE, _PASS, _RESET, _ABORT = 13, 14, 15, 16, 17, 18


def blocking_ticks(names):
    """Of `acquire(blocking, timeout)`."""
    return ticks_of(names['timeout']) if names['blocking'] else 0


def timeout_ticks(names):
    return ticks_of(names['timeout'])


def _lock_waits(lock, _names):
    return lock._held


def _never(_subject, _names):
    return False


def _depth(call, _value):
    return call.subject._recursion_count()


_LOCKS = {
    'lock.__init__': Made(simple(_LOCK)),
    'lock.acquire': Call(_ACQUIRE, _BY_LOCK, argument=blocking_ticks, waits=_lock_waits),
    'lock.release': Call(_RELEASE, _BY_LOCK, waits=_never),
    'RLock.__init__': Made(simple(_RLOCK)),
    'RLock.acquire': Call(_ACQUIRE, _BY_LOCK, argument=blocking_ticks, result=_depth),
    'RLock.release': Call(_RELEASE, _BY_LOCK, result=_depth),
    'RLock._release_save': Call(_RELEASE, _BY_LOCK),
    'RLock._acquire_restore': Call(_ACQUIRE, _BY_LOCK, argument=lambda _names: -1, result=_depth),
}


class _Sleep(Call):
    def begin(self, frame):
        if maker_of(frame, None) is not None:
            self.open(frame, None, 0, frame.f_locals)


def _make_condition(condition, name):
    """The lock of a condition that was given none is called `ready.lock` if the condition is called `ready`."""
    lock = condition._lock
    if rows.row_of(lock) == 0:
        rows.make(lock, _RLOCK if isinstance(lock, RLock) else _LOCK, f'{name}.lock' if name else '')
    rows.make(condition, _CONDITION, name, rows.row_of(lock))


def _waiting(condition, _names):
    return len(condition._waiters)


def _woken(call, _value):
    return call.extra - len(call.subject._waiters)


class _Places(Call):
    """A release of a semaphore may give several places back: a record for each."""

    def log(self, call, outcome, value):
        for left in range(call.argument - 1 if outcome == OK else 0, 0, -1):
            stacks.kernel.log_done(self.operation, call.row, outcome, call.subject._value - left)
        end(call, call.row, outcome, call.subject._value)


def _counter(call, _value):
    return call.subject._value


class _Set(Call):
    def begin(self, frame):
        calls = running().calls
        if calls and calls[-1].call.precedes_set and rows.row_of(frame.f_locals['self']) == calls[-1].row:
            calls[-1].call.close(running(), calls[-1], None, None)
        super().begin(frame)


_CONDITIONS = {
    'Condition.__init__': Made(_make_condition),
    'Condition.wait': Call(_WAIT, _BY_CONDITION, argument=timeout_ticks),
    'Condition.notify': Call(_NOTIFY, _BY_CONDITION, argument=lambda names: names['n'], before=_waiting, result=_woken),
    'Condition.notify_all': Call(_NOTIFY_ALL, _BY_CONDITION, argument=lambda _names: -1, before=_waiting, result=_woken),
    'Semaphore.__init__': Made(simple(_SEMAPHORE, lambda one: (one._value, MAX_INT))),
    'Semaphore.acquire': Call(_ACQUIRE, _BY_SEMAPHORE, argument=blocking_ticks, result=_counter),
    'Semaphore.release': _Places(_RELEASE, _BY_SEMAPHORE, argument=lambda names: names['n']),
    'BoundedSemaphore.__init__': Made(simple(_BOUNDED, lambda one: (one._value, one._initial_value))),
    'BoundedSemaphore.release': _Places(_RELEASE, _BY_SEMAPHORE, argument=lambda names: names['n']),
    'Event.__init__': Made(simple(_EVENT)),
    'Event.is_set': Call(_IS_SET, _BY_EVENT, outcome=lambda _call, value, _error: OK if value else 2),
    'Event.set': _Set(_SET, _BY_EVENT, before=lambda event, _names: len(event._cond._waiters), result=lambda call, _value: call.extra),
    'Event.clear': Call(_CLEAR, _BY_EVENT),
    'Event.wait': Call(
        _WAIT,
        _BY_EVENT,
        argument=timeout_ticks,
        outcome=lambda _call, value, error: ERROR if error else OK if value else TIMED_OUT,
    ),
}


def _arrived(call, barrier):
    if call.subject is barrier:
        stacks.kernel.log_done(_ARRIVE, call.row, OK, barrier._count)


def _passed(call, barrier):
    if call.subject is barrier:
        stacks.kernel.log_done(_PASS, call.row, OK, 0)


def _broke(call, barrier):
    if call.subject is barrier and call.call.operation == _WAIT:
        stacks.kernel.log_done(_ABORT, call.row, OK, 0)
        call.extra = TIMED_OUT


def _barrier_outcome(call, _value, error):
    return OK if error is None else call.extra or ERROR


_BARRIERS = {
    'Barrier.__init__': Made(simple(_BARRIER, lambda one: (0, one._parties))),
    'Barrier.wait': Call(
        _WAIT,
        _BY_BARRIER,
        argument=lambda names: ticks_of(names['self']._timeout if names['timeout'] is None else names['timeout']),
        outcome=_barrier_outcome,
        result=lambda _call, value: value or 0,
    ),
    'Barrier._release': Moment(begun=_arrived, ended=_passed),
    'Barrier._wait': Moment(begun=_arrived),
    'Barrier._break': Moment(begun=_broke),
    'Barrier.reset': Call(_RESET, _BY_BARRIER),
    'Barrier.abort': Call(_ABORT, _BY_BARRIER),
}


class _Start(Call):
    """The row of a thread exists once it was started, and so within the call. It begins when it has said that it has."""

    def begin(self, frame):
        thread = frame.f_locals['self']
        if maker_of(frame, None) is not None:
            self.open(frame, thread, 0, frame.f_locals)
        else:
            _library_start.open(frame, thread, 0, frame.f_locals)

    def log(self, call, outcome, value):
        handle = call.subject._os_thread_handle
        end(call, handle._row, outcome, handle._tid)


class _LibraryStart(Call):
    """The library starts a thread for itself: whoever has called it waits, and that is all."""

    covers = True

    def open(self, frame, subject, row, names):
        running().calls.append(Open(self, frame, subject, row, 0))
        stacks.kernel.claim_next(0, 0)

    def close(self, thread, _call, _value, _error):
        thread.calls.pop()
        stacks.kernel.unclaim()


_library_start = _LibraryStart(0, 0)


def _came_into_being(_call, _value):
    """Whoever starts a thread waits until it runs."""
    thread = running()
    if thread.calls and isinstance(thread.calls[-1].call, (_Start, _LibraryStart)):
        stacks.kernel.claim(thread.calls[-1].subject._os_thread_handle._row, _BY_OTHER)


class _Join(Call):
    def begin(self, frame):
        thread = frame.f_locals['self']
        if thread._os_thread_handle._row:
            self.open(frame, thread, thread._os_thread_handle._row, frame.f_locals)


def _join_outcome(call, _value, error):
    if error is not None:
        return ERROR
    return OK if call.subject._os_thread_handle.is_done() else TIMED_OUT


_AT_END = Call(_JOIN, _BY_JOIN, argument=lambda _names: -1, row=lambda handle: handle._row)
"""At its end a process waits for its threads."""

_THREADS = {
    'Thread.start': _Start(_START, _BY_OTHER),
    'Thread.join': _Join(_JOIN, _BY_JOIN, argument=timeout_ticks, outcome=_join_outcome),
}


def install():
    # `threading.RLock` is a function.
    transparent.update(('RLock', 'builtin.__call__'))
    hidden.add('Condition._is_owned')
    table.add('_procession/threads.py', _LOCKS | {'start_joinable_thread': Moment(ended=_came_into_being), '_join_at_end': _AT_END})
    table.add('_procession/clock.py', {'sleep': _Sleep(_SLEEP, _BY_SLEEP, argument=lambda names: ticks_of(names['seconds']))})
    table.add('threading.py', _CONDITIONS | _BARRIERS | _THREADS)
