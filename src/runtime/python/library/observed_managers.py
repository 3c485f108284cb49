"""What is observed of `multiprocessing.managers`: what is asked of a server process, and what it keeps."""

import multiprocessing.managers as managers
import zlib

from . import naming, observed_multiprocessing, observed_pipes, rows, stacks
from .contents import said
from .observe import Call, Open, maker_of, table, transparent
from .shown import shown
from .watched import running

# Kind
_PIPE_END = 22
# ObjectKind
_MANAGER, _MANAGED = 19, 20
# BlockReason
_NATURAL, _BY_OTHER = 0, 6
# Operation
_REQUEST = 30
# PartRole
_PIPE, _SERVER, _ROLE_MANAGED = 1, 11, 14
# Kind
_STORE = 12
# Notes of the row of a manager
_NAME, _PROCESS, _PID = 0, 1, 2

_KINDS = {
    'dict': 1,
    'list': 2,
    'Lock': 3,
    'RLock': 4,
    'Semaphore': 5,
    'BoundedSemaphore': 5,
    'Event': 6,
    'Queue': 7,
    'JoinableQueue': 7,
    'Value': 8,
    'Namespace': 9,
}
"""`ManagedKind`"""

_ITEMS = 20
"""Of a list, that a record needs at most."""


def _hash(address):
    return zlib.crc32(repr(address).encode()) & 0x7FFF_FFFF


def _row_at(address):
    """Of the manager whose server has this address; 0: the log knows none."""
    return stacks.kernel.find_shared(_MANAGER, _hash(address), 0)


def _place(ident):
    return int(ident, 16) & 0x7FFF_FFFF


def _managed_at(address, ident):
    return stacks.kernel.find_shared(_MANAGED, _hash(address), _place(ident))


# The manager


class _Started:
    """`start`: the manager has a row, and then a server."""

    def begin(self, frame):
        manager = frame.f_locals['self']
        maker = maker_of(frame, manager)
        if maker is not None:
            rows.give(manager, stacks.kernel.make_shared(_MANAGER, naming.name_at(maker), 0, 0, 0, 0))

    def end(self, _frame, _value):
        pass


def _serves(frame, process_row):
    """The library has started a process, called from this frame."""
    if frame.f_code.co_qualname == 'BaseManager.start':
        manager = frame.f_locals['self']
        row = rows.row_of(manager)
        if row:
            stacks.kernel.part(_SERVER, process_row, row)
            stacks.kernel.set_note(row, _PROCESS, process_row)
            stacks.kernel.set_note(row, _PID, manager._process.pid)


class _Hello(Call):
    """The server says where it can be found."""

    covers = True

    def close(self, thread, call, value, error):
        super().close(thread, call, value, error)
        if error is None:
            stacks.kernel.set_key(call.row, _hash(value), 0)


_hello = _Hello(_REQUEST, _BY_OTHER)


def _wait_for_server(row):
    stacks.kernel.claim(stacks.kernel.note_of(row, _PROCESS), _BY_OTHER)


# Requests


class _Talk(Call):
    """The library talks to a server: whoever waits meanwhile, waits for that."""

    covers = True

    def __init__(self):
        super().__init__(0, _NATURAL)

    def open(self, frame, subject, row, names):
        running().calls.append(Open(self, frame, subject, row, 0))
        stacks.kernel.claim_next(stacks.kernel.note_of(row, _PROCESS), _BY_OTHER)

    def close(self, thread, _call, _value, _error):
        thread.calls.pop()
        stacks.kernel.unclaim()


_talk = _Talk()


class _Connects(_Talk):
    def begin(self, frame):
        row = _row_at(frame.f_locals['address'])
        if row:
            self.open(frame, None, row, frame.f_locals)


class _Asks(Call):
    """`dispatch`: what is asked of the server itself; of what it counts and admits nothing is told."""

    covers = True

    def begin(self, frame):
        caller = frame.f_back
        row = _row_at(_address_in(caller.f_locals))
        if row == 0:
            return
        asked = caller.f_code.co_qualname
        if asked == 'BaseManager._create':
            self._tell_name(frame, row)
        elif asked != 'BaseManager._finalize_manager':
            _talk.open(frame, None, row, frame.f_locals)
            return
        self.open(frame, frame.f_locals['c'], row, frame.f_locals)
        _wait_for_server(row)

    def _tell_name(self, frame, row):
        """The server makes the row of what it makes; how that is called, is known here."""
        maker = maker_of(frame, None)
        kernel = stacks.kernel
        kernel.set_note(row, _NAME, 0 if maker is None else kernel.text(naming.name_at(maker)))


def _address_in(names):
    """Of the server that somebody with these variables talks to."""
    for name in ('token', 'self'):
        found = names.get(name)
        found = getattr(found, '_token', found)
        address = getattr(found, 'address', None)
        if address is not None:
            return address
    return names.get('address')


class _Connected:
    """A thread's own connection to a server: from now on its two pipes are shown."""

    def begin(self, _frame):
        pass

    def end(self, frame, _value):
        names = frame.f_locals
        row = _row_at(names['self']._token.address)
        if row:
            handle = names['conn']._handle
            kernel = stacks.kernel
            server = kernel.note_of(row, _PID)
            for is_writer, name in ((True, 'requests'), (False, 'replies')):
                pipe = kernel.show_pipe(handle, is_writer, name)
                kernel.part(_PIPE, pipe, row)
                # The other end is the server's, who has opened it before anybody was to know.
                kernel.tell(_PIPE_END, 1, pipe, 0 if is_writer else 1, server, 1)


def _managed(proxy):
    return rows.row_by(proxy, lambda one: _managed_at(one._token.address, one._id))


class _Request(Call):
    covers = True

    def __init__(self):
        super().__init__(_REQUEST, _NATURAL, row=_managed)


# The server


class _Created:
    """`Server.create`."""

    def begin(self, _frame):
        pass

    def end(self, frame, value):
        names = frame.f_locals
        server = names['self']
        row = _row_at(server.address)
        if row:
            kernel = stacks.kernel
            name = kernel.text_at(kernel.note_of(row, _NAME))
            kernel.set_note(row, _NAME, 0)
            ident = value[0]
            kind = _KINDS.get(names['typeid'], 0)
            managed = kernel.make_shared(_MANAGED, name, kind, 0, _hash(server.address), _place(ident))
            kernel.part(_ROLE_MANAGED, managed, row)
            _tell_content(server, ident, names['obj'])


_texts = {}
"""What the last record of each says."""


def _tell_content(server, ident, kept):
    row = _managed_at(server.address, ident)
    text = _content(kept)
    if row and text is not None and _texts.get(row) != text:
        _texts[row] = text
        stacks.kernel.log_text(_STORE, row, text, 0)


def _content(kept):
    if type(kept) is list:
        return shown(kept[:_ITEMS])
    if type(kept) is dict:
        return shown(kept)
    if isinstance(kept, managers.Namespace):
        return shown(vars(kept))
    return shown(kept._value) if isinstance(kept, managers.Value) else None


def _passes(frame):
    """A connection is used in this frame."""
    caller = frame.f_back
    asked = caller.f_code.co_qualname
    if asked == 'Server.serve_client':
        names = caller.f_locals
        if frame.f_code.co_name == 'send' and names.get('obj') is not None:
            _tell_content(names['self'], names['ident'], names['obj'])
        return False
    if asked == 'BaseManager.start' and frame.f_code.co_name == 'recv':
        row = rows.row_of(caller.f_locals['self'])
        if row:
            _hello.open(frame, frame.f_locals['self'], row, frame.f_locals)
            _wait_for_server(row)
        return True
    return False


def _text(frame, value):
    """`__setitem__('n', 99)`; of an answer what it says."""
    asked = frame.f_back.f_code.co_qualname
    if asked == 'BaseProxy._callmethod':
        _ident, method, args, kwargs = value
        given = [shown(arg) for arg in args] + [f'{key}={shown(arg)}' for key, arg in kwargs.items()]
        return said(f'{method}({", ".join(given)})')
    return said(value[1]) if asked == 'Server.serve_client' else None


_MANAGERS = {
    'BaseManager.start': _Started(),
    'dispatch': _Asks(_REQUEST, _BY_OTHER),
    'BaseProxy._connect': _Connected(),
    'BaseProxy._callmethod': _Request(),
    'Server.create': _Created(),
}


def install():
    transparent.update(('BaseManager._create', 'BaseManager.register.<locals>.temp', 'BaseManager.__enter__'))
    observed_pipes.passers.append(_passes)
    observed_pipes.interpreters.append(_text)
    observed_multiprocessing.on_start.append(_serves)
    table.add('multiprocessing/managers.py', _MANAGERS)
    table.add('multiprocessing/connection.py', {'Client': _Connects()})
