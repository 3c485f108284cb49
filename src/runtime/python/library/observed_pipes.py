"""What is observed of `multiprocessing.connection` and `multiprocessing.queues`."""

import multiprocessing.queues as queues

from . import rows, stacks
from .contents import said, unpacked
from .observe import ERROR, FALSE, OK, TIMED_OUT, Call, Made, MadeBy, table, ticks_of
from .observed_multiprocessing import make_condition, seconds, show
from .shown import shown
from .stacks import finish
from .watched import is_learners, line_of, running

# ObjectKind
_BOUNDED, _QUEUE, _JOINABLE, _SIMPLE = 9, 13, 15, 16
# BlockReason
_BY_PIPE = 10
_NATURAL = 0
# Operation
_JOIN, _GET_VALUE, _PUT, _GET, _TASK_DONE, _SEND, _RECEIVE, _POLL, _CLOSE = 7, 12, 19, 20, 21, 22, 23, 24, 25
# PartRole
_PIPE, _READ_LOCK, _WRITE_LOCK, _SLOTS, _UNFINISHED, _LOCK, _REVERSE, _ALL_DONE = 1, 2, 3, 4, 5, 6, 12, 13

_UNBOUNDED = 0x7FFF_FFFF


# Connections


def _reads(connection):
    return _pipe(connection, False) if connection._readable else 0


def _writes(connection):
    return _pipe(connection, True) if connection._writable else 0


def _pipe(connection, is_writer):
    """Its pipe, if the program has made it."""
    return 0 if connection._handle is None else stacks.kernel.shown_pipe(connection._handle, is_writer)


def _nothing_to_read(connection, _names=None):
    return not stacks.kernel.is_readable(_reads(connection))


def _no_room(connection, _names=None):
    return not stacks.kernel.is_writable(_writes(connection))


passers = []
"""Functions of the frame in which a message is sent or received: the library may mean something else by it. True: that was all."""


class _Transfer(Call):
    """Of the program; a queue's is a part of the queue's operation. In two pieces if it writes or reads two: `before` counts them."""

    alone = True

    def __init__(self, operation, row, waits):
        super().__init__(operation, _NATURAL, row=row, waits=waits, before=lambda _connection, _names: 0)

    def begin(self, frame):
        if not any(take(frame) for take in passers):
            super().begin(frame)


class _Poll(Call):
    alone = True


class _Close(Call):
    """The program closes it; what the library closes is no operation, and has its records of ends."""

    def begin(self, frame):
        caller = frame.f_back
        if caller.f_code.co_name == '__exit__':
            caller = caller.f_back
        if is_learners(caller):
            super().begin(frame)


class _Piece:
    """One of the pieces in which a connection reads or writes a message."""

    def begin(self, frame):
        thread = running()
        if not thread.calls or not isinstance(thread.calls[-1].call, _Transfer):
            return
        call = thread.calls[-1]
        call.extra += 1
        if call.extra > 1 and not thread.library:
            stacks.room()
            finish(stacks.kernel.step(line_of(frame)))

    def end(self, _frame, _value):
        pass


class _Written(_Piece):
    def begin(self, frame):
        super().begin(frame)
        names = frame.f_locals
        if _pipe(names['self'], True):
            message = frame.f_back
            length = len(names['buf'])
            ends = length != 4 or message.f_locals.get('n') == 0
            stacks.kernel.announce_bytes(length, ends, _text(message) if ends else '')


def _text(message):
    """What it says that `_send_bytes` writes in this frame."""
    asked = message.f_back
    if asked.f_code.co_name == 'send':
        value = asked.f_locals['obj']
    else:
        data = message.f_locals['buf']
        if is_learners(asked.f_back):
            return shown(bytes(data[:100]))
        value = unpacked(data)
    for tell in interpreters:
        text = tell(asked, value)
        if text is not None:
            return text
    return said(value)


interpreters = []
"""Functions of the frame that sends a value, and of the value, which say what it means; None: they do not know."""


def _make_pipe(ends, name):
    """`a, b = Pipe()`: what is sent at b is received at a, and the other way round."""
    first, second = ends
    there, back = _directions(name)
    kernel = stacks.kernel
    pipe = kernel.show_pipe(first._handle, False, there)
    if pipe and first._writable:
        reverse = kernel.show_pipe(second._handle, False, back)
        kernel.part(_REVERSE, reverse, pipe)


def _directions(name):
    if name.startswith('[') and ', ' in name:
        first, second = name[1:-1].split(', ')
        return f'{second}→{first}', f'{first}→{second}'
    return (name, f'{name}.reverse') if name else ('', '')


_CONNECTIONS = {
    'Pipe': MadeBy(_make_pipe),
    '_ConnectionBase.send': _Transfer(_SEND, _writes, _no_room),
    '_ConnectionBase.send_bytes': _Transfer(_SEND, _writes, _no_room),
    '_ConnectionBase.recv': _Transfer(_RECEIVE, _reads, _nothing_to_read),
    '_ConnectionBase.recv_bytes': _Transfer(_RECEIVE, _reads, _nothing_to_read),
    '_ConnectionBase.recv_bytes_into': _Transfer(_RECEIVE, _reads, _nothing_to_read),
    '_ConnectionBase.poll': _Poll(
        _POLL,
        _BY_PIPE,
        argument=lambda names: ticks_of(names['timeout']),
        waits=lambda connection, names: names['timeout'] != 0 and _nothing_to_read(connection),
        row=_reads,
    ),
    '_ConnectionBase.close': _Close(
        _CLOSE, _NATURAL, row=lambda connection: _reads(connection) or _writes(connection), waits=lambda _subject, _names: False
    ),
    'Connection._send': _Written(),
    'Connection._recv': _Piece(),
}


# Queues


def _part(name, part):
    return f'{name}.{part}' if name else part


def make_channel(kind, queue, name, locks=('rlock', 'wlock')):
    """A queue, and what it is made of: a pipe, and a lock at each of its ends. Its row."""
    kernel = stacks.kernel
    row = kernel.make_shared(kind, name, 0, 0, kernel.pipe_of(queue._reader._handle, False), 0)
    rows.give(queue, row)
    kernel.part(_PIPE, kernel.show_pipe(queue._reader._handle, False, _part(name, 'pipe')), row)
    for lock, part, role in ((queue._rlock, locks[0], _READ_LOCK), (queue._wlock, locks[1], _WRITE_LOCK)):
        show(lock._semlock, _part(name, part))
        kernel.part(role, lock._semlock.handle, row)
    return row


def _make_queue(queue, name, kind=_QUEUE):
    row = make_channel(kind, queue, name)
    if queue._maxsize != _UNBOUNDED:
        show(queue._sem._semlock, _part(name, 'slots'), _BOUNDED)
        stacks.kernel.part(_SLOTS, queue._sem._semlock.handle, row)
    return row


def _make_joinable(queue, name):
    kernel = stacks.kernel
    row = _make_queue(queue, name, _JOINABLE)
    unfinished = queue._unfinished_tasks._semlock
    show(unfinished, _part(name, 'unfinished'))
    kernel.part(_UNFINISHED, unfinished.handle, row)
    all_done = make_condition(queue._cond, _part(name, 'allDone'))
    kernel.part(_ALL_DONE, all_done, row)
    kernel.part(_LOCK, queue._cond._lock._semlock.handle, all_done)


def _found(kind):
    def find(queue):
        pipe = stacks.kernel.shown_pipe(queue._reader._handle, False)
        return stacks.kernel.find_shared(kind, pipe, 0) if pipe else 0

    return find


def _is_empty(queue, _names):
    return _nothing_to_read(queue._reader) or queue._rlock._semlock._is_zero()


def _is_full(queue, _names):
    return queue._sem._semlock._is_zero() or _cannot_write(queue, _names)


def _cannot_write(queue, _names):
    return _no_room(queue._writer) or queue._wlock._semlock._is_zero()


def _size(queue):
    return queue._maxsize - queue._sem._semlock._get_value()


def _outcome(call, _value, error):
    """Of a queue that is empty, or full: of no size, if the time is up."""
    if error is None:
        return OK
    if not isinstance(error, (queues.Empty, queues.Full)):
        return ERROR
    return FALSE if call.argument == 0 else TIMED_OUT


takers = []
"""Functions of the frame in which a simple queue is used, which say whether that was all: it is somebody's part."""


class _Simple(Call):
    def begin(self, frame):
        if not any(take(frame) for take in takers):
            super().begin(frame)


class _Looks(Call):
    """Its size, which is what a semaphore counts."""

    covers = True

    def __init__(self):
        super().__init__(_GET_VALUE, _NATURAL, waits=lambda _queue, _names: False, result=lambda call, _value: _size(call.subject))


_QUEUES = {
    'Queue.__init__': Made(_make_queue),
    'Queue.put': Call(_PUT, _NATURAL, argument=seconds, waits=_is_full, outcome=_outcome),
    'Queue.get': Call(_GET, _NATURAL, argument=seconds, waits=_is_empty, outcome=_outcome),
    'Queue.qsize': _Looks(),
    'Queue.full': _Looks(),
    'Queue.close': Call(_CLOSE, _NATURAL, waits=lambda _queue, _names: False),
    'JoinableQueue.__init__': Made(_make_joinable),
    'JoinableQueue.put': Call(_PUT, _NATURAL, argument=seconds, waits=_is_full, outcome=_outcome),
    'JoinableQueue.task_done': Call(
        _TASK_DONE,
        _NATURAL,
        waits=lambda _queue, _names: False,
        result=lambda call, _value: call.subject._unfinished_tasks._semlock._get_value(),
    ),
    'JoinableQueue.join': Call(_JOIN, _NATURAL, argument=lambda _names: -1),
    'SimpleQueue.__init__': Made(lambda queue, name: make_channel(_SIMPLE, queue, name)),
    'SimpleQueue.put': _Simple(_PUT, _NATURAL, argument=lambda _names: -1, waits=_cannot_write),
    'SimpleQueue.get': _Simple(_GET, _NATURAL, argument=lambda _names: -1, waits=_is_empty),
    'SimpleQueue.close': Call(_CLOSE, _NATURAL, waits=lambda _queue, _names: False),
}


def install():
    table.add('multiprocessing/connection.py', _CONNECTIONS)
    table.add('multiprocessing/queues.py', _QUEUES)
    for kind, number in ((queues.Queue, _QUEUE), (queues.JoinableQueue, _JOINABLE), (queues.SimpleQueue, _SIMPLE)):
        rows.found_by(kind, _found(number))
