"""A value as the page shows it: short, on one line, the same in every run, and without running a line of the learner's: no `__repr__`
of a class of his own, which might print, wait or fail.
"""

import datetime
import decimal
import fractions
import types

LENGTH = 60
_ITEMS = 8
_DEPTH = 3
_DIGITS = 40
_BITS = 200

_PLAIN = (type(None), bool, float, complex, range, type(...), type(NotImplemented))
_REPEATED = (decimal.Decimal, fractions.Fraction, datetime.date, datetime.datetime, datetime.time, datetime.timedelta)
_CODE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type, types.ModuleType)

ATOMS = frozenset((int, str, bytes, *_PLAIN, *_REPEATED, *_CODE))
"""Types whose values do not change, so that the same object has the same text."""


def shown(value):
    text = _shown(value, 0)
    return text if len(text) <= LENGTH else text[: LENGTH - 1] + '…'


def _shown(value, depth):
    kind = type(value)
    if kind in _PLAIN or kind in _REPEATED:
        return repr(value)
    if kind is int:
        return repr(value) if value.bit_length() <= _BITS else f'<int, {value.bit_length()} bits>'
    if kind is str or kind is bytes or kind is bytearray:
        return repr(value) if len(value) <= LENGTH else repr(value[:_DIGITS]) + '…'
    if isinstance(value, _CODE):
        return f'<{_WORDS.get(kind, "class")} {getattr(value, "__qualname__", None) or value.__name__}>'
    if depth == _DEPTH:
        return '…'
    brackets = _BRACKETS.get(kind)
    if brackets is not None:
        return _all(brackets[0], [_shown(item, depth + 1) for item in _first(value)], len(value), brackets[1])
    if kind is dict:
        items = [f'{_shown(key, depth + 1)}: {_shown(value[key], depth + 1)}' for key in _first(value)]
        return _all('{', items, len(value), '}')
    return _object(value, kind, depth)


_WORDS = {types.FunctionType: 'function', types.BuiltinFunctionType: 'function', types.MethodType: 'method', types.ModuleType: 'module'}
_BRACKETS = {list: ('[', ']'), tuple: ('(', ')'), set: ('{', '}'), frozenset: ('frozenset({', '})')}


def _first(values):
    found = []
    for value in values:
        if len(found) == _ITEMS:
            break
        found.append(value)
    return found


def _all(opened, items, count, closed):
    if count > len(items):
        items.append('…')
    comma = ',' if opened == '(' and count == 1 else ''
    return f'{opened}{", ".join(items)}{comma}{closed}'


def _object(value, kind, depth):
    name = type.__getattribute__(kind, '__name__')
    module = type.__dict__['__module__'].__get__(kind)
    if module not in ('__main__', '__mp_main__'):
        own = _name_of(value)
        return f'<{name} {own}>' if own else f'<{name}>'
    try:
        members = object.__getattribute__(value, '__dict__')
    except AttributeError:
        members = {}
    if type(members) is not dict:
        return f'<{name}>'
    items = [f'{key}={_shown(members[key], depth + 1)}' for key in _first(members) if type(key) is str]
    return _all(f'{name}(', items, max(len(members), len(items)), ')').replace(',)', ')')


def _name_of(value):
    """What threads and processes are called."""
    try:
        name = object.__getattribute__(value, '__dict__').get('_name')
    except AttributeError:
        return None
    return name if type(name) is str else None
