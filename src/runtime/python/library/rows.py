"""Which row of the kernel's object table stands for an object of the library, as far as the log knows it."""

import weakref

from . import stacks
from .threads import LOCK, lock

_rows = {}
_finders = {}


def row_of(subject):
    """0: the log does not know it."""
    if type(subject) is lock:
        # What a thread ends with is a lock, too, of which the log knows nothing.
        return subject._row if subject._reason == LOCK else 0
    return row_by(subject, _finder_of(type(subject)))


def row_by(subject, find):
    """The same; `find` looks for it at first, if it is not None."""
    entry = _rows.get(id(subject))
    if entry is None:
        if find is None:
            return 0
        # Made in another process, or not by the program: then 0 is what is kept.
        give(subject, find(subject))
        entry = _rows[id(subject)]
    return entry[0]


def _finder_of(kind):
    """Also of a class that the learner has derived."""
    if kind not in _finders:
        _finders[kind] = next((_finders[base] for base in kind.__mro__ if base in _finders), None)
    return _finders[kind]


def is_known(subject):
    """Whether it has a row already, which nobody need look for."""
    if type(subject) is lock:
        return subject._row != 0
    entry = _rows.get(id(subject))
    return entry is not None and entry[0] != 0


def found_by(kind, find):
    """How the rows of objects of this class are found that have come from another process."""
    _finders[kind] = find


def give(subject, row):
    if type(subject) is lock:
        subject._row = row
        return
    key = id(subject)
    _rows[key] = row, weakref.ref(subject, lambda _: _rows.pop(key, None))


def make(subject, kind, name, first=0, second=0):
    """From now on the log knows this object. Its row; 0: the table is full."""
    row = stacks.kernel.make_object(kind, name, first, second)
    give(subject, row)
    return row
