"""What is observed of `multiprocessing.pool`: tasks that are handed in, done and answered."""

import multiprocessing
import multiprocessing.pool as pool

from . import naming, observed_multiprocessing, observed_pipes, rows, stacks
from .contents import said
from .observe import ERROR, OK, TIMED_OUT, Call, Made, Open, maker_of, table, ticks_of, transparent
from .observed_pipes import make_channel
from .shown import shown
from .watched import running

# Kind
_CALL, _DONE = 9, 10
# ObjectKind
_POOL, _SIMPLE, _RESULT = 14, 16, 21
# BlockReason
_NATURAL, _BY_RESULT = 0, 12
# Operation
_WAIT, _IS_SET, _JOIN, _TERMINATE, _GET, _CLOSE, _SUBMIT, _TASK, _CALLBACK = 3, 6, 7, 11, 20, 25, 26, 27, 28
# PartRole
_TASKS, _RESULTS, _WORKER, _HANDLER = 7, 8, 9, 10


def _is_pools(frame):
    return frame.f_code.co_filename == pool.__file__


# The pool, and what it is made of


class _Queues:
    """`_setup_queues`: before it has any workers, the pool has a row."""

    def begin(self, _frame):
        pass

    def end(self, frame, _value):
        made = frame.f_locals['self']
        maker = maker_of(frame.f_back, made)
        if maker is None or not isinstance(made._inqueue, multiprocessing.queues.SimpleQueue):
            return
        name = naming.name_at(maker)
        kernel = stacks.kernel
        size = frame.f_back.f_locals.get('processes') or multiprocessing.cpu_count()
        row = kernel.make_shared(_POOL, name, size, 0, kernel.pipe_of(made._inqueue._reader._handle, False), 0)
        rows.give(made, row)
        for queue, part, role in ((made._inqueue, 'tasks', _TASKS), (made._outqueue, 'results', _RESULTS)):
            kernel.part(role, make_channel(_SIMPLE, queue, f'{name}.{part}' if name else '', ('readLock', 'writeLock')), row)


def _row_at(inqueue):
    """Of the pool whose tasks come from this queue; 0: there is none."""
    reader = getattr(inqueue, '_reader', None)
    handle = None if reader is None else reader._handle
    pipe = 0 if handle is None else stacks.kernel.pipe_of(handle, False)
    return stacks.kernel.find_shared(_POOL, pipe, 0) if pipe else 0


def _hired(frame, process_row):
    """The library has started a process, called from this frame."""
    if frame.f_code.co_qualname == 'Pool._repopulate_pool_static':
        row = _row_at(frame.f_locals['inqueue'])
        if row:
            stacks.kernel.part(_WORKER, process_row, row)


class _Complete:
    """`__init__`: now it has its threads, too."""

    def begin(self, _frame):
        pass

    def end(self, frame, _value):
        made = frame.f_locals['self']
        row = rows.row_of(made)
        if row:
            stacks.kernel.part(_HANDLER, made._result_handler._os_thread_handle._row, row)


class _Whole(Call):
    """Its threads and processes are waited for one after the other."""

    covers = True


class _AtExit(_Whole):
    """`_terminate_pool`: at the end of a process nothing is told of a pool that has ended before."""

    def begin(self, frame):
        names = frame.f_locals
        row = _row_at(names['inqueue'])
        if row and not running().calls:
            call = _at_exit if names['result_handler'].is_alive() else _over
            call.open(frame, names['taskqueue'], row, names)


class _Over(_Whole):
    def open(self, frame, subject, row, names):
        running().calls.append(Open(self, frame, subject, row, 0))

    def log(self, call, outcome, value):
        pass


_at_exit = _AtExit(_TERMINATE, _NATURAL)
_over = _Over(_TERMINATE, _NATURAL)


# Tasks


def _job(pool_row, job):
    return stacks.kernel.find_shared(_RESULT, pool_row, job)


class _Submitted:
    """The result of a call: from now on its tasks may be done."""

    def __init__(self, *kinds, count):
        self._kinds = kinds
        self._count = count

    def begin(self, _frame):
        pass

    def end(self, frame, _value):
        result = frame.f_locals['self']
        pool_row = rows.row_of(result._pool) if type(result) in self._kinds else 0
        if pool_row == 0:
            return
        kernel = stacks.kernel
        count = self._count(result, frame)
        first = kernel.note_of(pool_row, 0) + 1
        kernel.set_note(pool_row, 0, first + count - 1)
        maker = maker_of(frame, result)
        name = '' if maker is None else naming.name_at(maker)
        row = kernel.make_shared(_RESULT, name or f'result {first}', count, first, pool_row, result._job)
        kernel.set_note(row, 0, first)
        rows.give(result, row)
        event = getattr(result, '_event', None)
        if event is not None:
            rows.give(event, row)
        for number in range(first, first + count):
            kernel.tell(_DONE, _SUBMIT, pool_row, OK, number, row)


def _lazy_count(_result, frame):
    """Of `imap`, if that can be known without asking the iterator."""
    names = frame.f_back.f_locals
    items = names.get('iterable')
    size = names.get('chunksize', 1)
    return -(-len(items) // size) if hasattr(items, '__len__') else 0


class _Visible(Call):
    """A step of its own, of which the parts say what happens."""

    def open(self, frame, subject, row, names):
        super().open(frame, subject, 0, names)

    def log(self, call, outcome, value):
        pass


def _handing_in():
    return _Visible(_SUBMIT, _NATURAL, waits=lambda _subject, _names: False)


class _Turn(_Visible):
    """A worker takes a task, or gives back what has come of it."""

    def __init__(self):
        super().__init__(0, _NATURAL, waits=lambda _subject, _names: False)

    def begin(self, frame):
        names = frame.f_locals
        if frame.f_back.f_code.co_qualname == 'worker':
            task = names.get('obj')
            if task is not None:
                self._done(frame.f_back, *task)
            self.open(frame, names['self'], 0, names)

    def _done(self, worker, job, i, result):
        row = _row_at(worker.f_locals['inqueue'])
        if row:
            found = _job(row, job)
            outcome = OK if result[0] else ERROR
            stacks.kernel.tell(_DONE, _TASK, row, outcome, stacks.kernel.note_of(found, 0) + i, found)

    def close(self, thread, call, value, error):
        thread.calls.pop()
        if type(value) is tuple:
            row = _row_at(call.subject)
            if row:
                found = _job(row, value[0])
                stacks.kernel.tell(_CALL, _TASK, row, stacks.kernel.note_of(found, 0) + value[1], 0, found)


_turn = _Turn()


def _takes(frame):
    """A queue of the pool's: its operations are the pool's."""
    if not _is_pools(frame.f_back):
        return False
    _turn.begin(frame)
    return True


class _Callback(Call):
    """`_set`: what a task has returned is there. If somebody has wanted to be called, he is called now."""

    precedes_set = True

    def begin(self, frame):
        names = frame.f_locals
        result = names['self']
        row = rows.row_of(result)
        if row and self._is_called(result, *(names.get('obj') or names.get('success_result'))):
            call = Open(self, frame, result, row, stacks.kernel.note_of(row, 0))
            call.extra = rows.row_of(result._pool)
            running().calls.append(call)
            stacks.kernel.tell(_CALL, _CALLBACK, call.extra, call.argument, 0, row)

    def _is_called(self, result, success, _value):
        if isinstance(result, pool.MapResult):
            if result._number_left > 1:
                return False
            success = success and result._success
        return bool(result._callback if success else result._error_callback)

    def close(self, thread, call, value, error):
        thread.calls.pop()
        outcome = OK if error is None else ERROR
        stacks.kernel.tell(_DONE, _CALLBACK, call.extra, outcome, call.argument, call.row)


# Results


def _got(call, _value, error):
    """What the task has raised is its own affair."""
    return TIMED_OUT if isinstance(error, multiprocessing.TimeoutError) and not call.subject._event.is_set() else OK


def _waited(call, _value, error):
    return ERROR if error else OK if call.subject._event.is_set() else TIMED_OUT


class _Next(Call):
    """Of an iterator that has more to come."""

    def begin(self, frame):
        iterator = frame.f_locals['self']
        if iterator._items or iterator._index != iterator._length:
            super().begin(frame)


def _came(_call, _value, error):
    return TIMED_OUT if isinstance(error, multiprocessing.TimeoutError) else OK


def _timeout(names):
    return ticks_of(names['timeout'])


_POOLS = {
    'Pool._setup_queues': _Queues(),
    'Pool.__init__': _Complete(),
    'Pool.close': Call(_CLOSE, _NATURAL),
    'Pool.terminate': _Whole(_TERMINATE, _NATURAL),
    'Pool._terminate_pool': _at_exit,
    'Pool.join': _Whole(_JOIN, _NATURAL, argument=lambda _names: -1),
    'Pool.apply_async': _handing_in(),
    'Pool._map_async': _handing_in(),
    'Pool.imap': _handing_in(),
    'Pool.imap_unordered': _handing_in(),
    'ApplyResult.__init__': _Submitted(pool.ApplyResult, count=lambda _result, _frame: 1),
    'MapResult.__init__': _Submitted(pool.MapResult, count=lambda result, _frame: result._number_left),
    'IMapIterator.__init__': _Submitted(pool.IMapIterator, pool.IMapUnorderedIterator, count=_lazy_count),
    'ApplyResult._set': _Callback(_CALLBACK, _NATURAL),
    'MapResult._set': _Callback(_CALLBACK, _NATURAL),
    'IMapIterator.next': _Next(_GET, _BY_RESULT, argument=_timeout, outcome=_came),
    'ApplyResult.get': Call(_GET, _BY_RESULT, argument=_timeout, outcome=_got),
    'ApplyResult.wait': Call(_WAIT, _BY_RESULT, argument=_timeout, outcome=_waited),
    'ApplyResult.ready': Call(_IS_SET, _BY_RESULT, waits=lambda _subject, _names: False),
}


# Texts


def _task_text(frame, value):
    """`square(3)`, `map(square, (1, 2))`; of an answer what was returned."""
    caller = frame.f_back
    if caller.f_code.co_qualname == 'SimpleQueue.put':
        caller = caller.f_back
    if not _is_pools(caller) or type(value) is not tuple:
        return None
    if len(value) == 3:
        return said(value[2][1])
    _job_number, _i, func, args, kwargs = value
    name = getattr(func, '__name__', '?')
    if name in ('mapstar', 'starmapstar'):
        inner, items = args[0]
        return said(f'{name.removesuffix("star")}({getattr(inner, "__name__", "?")}, {shown(list(items))})')
    given = [shown(arg) for arg in args] + [f'{key}={shown(arg)}' for key, arg in kwargs.items()]
    return said(f'{name}({", ".join(given)})')


def install():
    transparent.update(
        'Pool.apply_async Pool.map_async Pool.starmap_async Pool._map_async Pool.imap Pool.imap_unordered MapResult.__init__'.split()
    )
    observed_pipes.interpreters.append(_task_text)
    observed_multiprocessing.on_start.append(_hired)
    observed_pipes.takers.append(_takes)
    table.add('multiprocessing/pool.py', _POOLS)
