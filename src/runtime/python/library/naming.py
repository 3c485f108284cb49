"""How the learner calls an object that is being made: from the bytecode that follows the call, as the TypeScript engine's build does."""

import dis

_STORES = {'STORE_FAST', 'STORE_NAME', 'STORE_GLOBAL', 'STORE_DEREF', 'STORE_FAST_STORE_FAST', 'STORE_FAST_LOAD_FAST'}
_LOADS = {'LOAD_FAST', 'LOAD_FAST_BORROW', 'LOAD_FAST_CHECK', 'LOAD_NAME', 'LOAD_GLOBAL', 'LOAD_DEREF'}
_PAIRS = {'LOAD_FAST_LOAD_FAST', 'LOAD_FAST_BORROW_LOAD_FAST_BORROW'}
_IDLE = {'COPY', 'NOP', 'NOT_TAKEN', 'EXTENDED_ARG', 'CACHE'}
_CONSTANTS = {'LOAD_CONST', 'LOAD_SMALL_INT'}
_NEAR = 12
_FAR = 60

_codes = {}
_items = {}
"""How many items a list display in this frame has made so far, by the frame and the place in its code."""


def name_at(frame):
    """The name under which the result of the call is kept that this frame is making; '': none."""
    code = frame.f_code
    known = _codes.get(id(code))
    if known is None:
        instructions = [one for one in dis.get_instructions(code) if one.opname not in _IDLE]
        known = _codes[id(code)] = code, instructions
    instructions = known[1]
    place = _after(instructions, frame.f_lasti)
    return _target(instructions, place, frame) or _among(instructions[place : place + _FAR]) or ''


def _after(instructions, offset):
    """Where it goes on: `x = … if … else …` jumps from the one to behind the other."""
    place = next((n for n, one in enumerate(instructions) if one.offset > offset), len(instructions))
    if place < len(instructions) and instructions[place].opname == 'JUMP_FORWARD':
        return _after(instructions, instructions[place].jump_target - 1)
    return place


def _first(stored):
    return stored[0] if isinstance(stored, tuple) else stored


def _target(instructions, at, frame):
    following = instructions[at : at + _NEAR]
    if not following:
        return None
    one = following[0]
    operation = one.opname
    if operation in _STORES:
        return _first(one.argval)
    if operation == 'UNPACK_SEQUENCE' and one.arg == 2:
        names = _stored(following[1:3])
        return f'[{names[0]}, {names[1]}]' if len(names) > 1 else None
    if operation == 'LIST_APPEND':
        return _item(instructions, at, frame)
    if operation == 'LOAD_SPECIAL':
        return next((_first(later.argval) for later in following if later.opname in _STORES), None)
    if operation == 'CALL':
        return _appended(instructions[max(0, at - _NEAR) : at], frame)
    return _member(following, frame)


_VALUE = object()


def _among(following):
    """`x, y = …, …`: follows the value on the stack, past what is made of the others."""
    stack = [_VALUE]
    for one in following:
        operation = one.opname
        if operation in ('SWAP', 'BUILD_TUPLE'):
            # What was there before it.
            stack[:0] = [None] * (one.arg - len(stack))
        if operation == 'SWAP':
            stack[-1], stack[-one.arg] = stack[-one.arg], stack[-1]
        elif operation == 'BUILD_TUPLE' and _VALUE in stack[-one.arg :]:
            stack[-one.arg :] = [stack[-one.arg :]]
        elif operation == 'UNPACK_SEQUENCE' and type(stack[-1]) is list:
            stack.extend(reversed(stack.pop()))
        elif operation in _STORES:
            for name in _stored([one]):
                top = stack.pop() if stack else None
                if top is _VALUE:
                    return name
        else:
            effect = dis.stack_effect(one.opcode, one.arg)
            if one.jump_target is not None or stack[-1] is not None and not (operation.startswith('LOAD_') and effect > 0):
                return None  # Something else is done with it.
            if effect < 0:
                del stack[effect:]
            stack += [None] * effect
        if not stack or not any(item is _VALUE or type(item) is list for item in stack):
            return None
    return None


def _stored(instructions):
    names = []
    for one in instructions:
        if one.opname in _STORES:
            names += one.argval if isinstance(one.argval, tuple) else [one.argval]
    return names


def _member(following, frame):
    """`x.y = …`, `x['y'] = …`, `x[y] = …`."""
    if following[0].opname in _PAIRS:
        owner, key = following[0].argval
        return _subscript(frame, owner, _value(frame, key)) if _is(following, 1, 'STORE_SUBSCR') else None
    if following[0].opname not in _LOADS:
        return None
    owner = following[0].argval
    if _is(following, 1, 'STORE_ATTR'):
        return f'{owner}.{following[1].argval}'
    if not _is(following, 2, 'STORE_SUBSCR'):
        return None
    key = following[1]
    if key.opname in _CONSTANTS:
        return _subscript(frame, owner, key.argval)
    return _subscript(frame, owner, _value(frame, key.argval)) if key.opname in _LOADS else None


def _is(following, at, operation):
    return len(following) > at and following[at].opname == operation


def _subscript(frame, owner, key):
    return f'{owner}[{key!r}]' if isinstance(key, (int, str)) else None


def _value(frame, name):
    return frame.f_locals.get(name, frame.f_globals.get(name))


def _item(instructions, at, frame):
    """`x = [… for …]`: behind the loop come what the comprehension had put aside, and x."""
    loop = next((n for n in range(at, -1, -1) if instructions[n].opname == 'FOR_ITER'), None)
    end = next((n for n in range(at, len(instructions)) if instructions[n].opname == 'END_FOR'), None)
    if loop is None or end is None:
        return None
    aside = {one.argval for one in instructions[:loop] if one.opname == 'LOAD_FAST_AND_CLEAR'}
    names = [name for name in _stored(instructions[end : end + _NEAR]) if name not in aside]
    if not names:
        return None
    place = id(frame), instructions[at].offset
    nth = _items.get(place, -1) + 1
    before = _value(frame, names[0])
    if isinstance(before, list) and len(before) == nth:
        nth = 0  # That one is made; this is another.
    _items[place] = nth
    return f'{names[0]}[{nth}]'


def forget(frame):
    """It is left: another one may lie in its place."""
    for place in [place for place in _items if place[0] == id(frame)]:
        del _items[place]


def _appended(before, frame):
    """`x.append(…)`."""
    for n in range(len(before) - 1, 0, -1):
        if before[n].opname == 'LOAD_ATTR' and before[n].argval == 'append' and before[n - 1].opname in _LOADS:
            owner = before[n - 1].argval
            found = _value(frame, owner)
            return f'{owner}[{len(found)}]' if isinstance(found, list) else None
    return None
