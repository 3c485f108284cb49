"""The instructions of code that is stepped one by one, as the page shows them."""

import dis

from . import stacks

_IDLE = {'CACHE', 'EXTENDED_ARG', 'MAKE_CELL', 'COPY_FREE_VARS', 'NOP', 'NOT_TAKEN', 'PUSH_NULL', 'RESUME', 'RETURN_GENERATOR'}


class Instructions:
    """Those of one code object."""

    def __init__(self, code):
        self._by_offset = {}
        for one in dis.get_instructions(code):
            line = one.positions.lineno if one.positions else None
            if one.opname not in _IDLE and line:
                self._by_offset[one.offset] = line, stacks.kernel.text(_said(one))

    def at(self, offset):
        """Its line and the text of it; None: it does nothing that one could see."""
        return self._by_offset.get(offset)


def _said(instruction):
    said = instruction.argrepr or ('' if instruction.arg is None else str(instruction.arg))
    return f'{instruction.opname} {said}'.rstrip()
