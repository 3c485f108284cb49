"""What is observed of the ends of processes and threads: an exception that nobody has caught. CPython prints it and makes a number of it."""

import sys

from . import stacks
from .observe import table


class _Uncaught:
    """The function that prints it; when `caller` calls it, if only that one does it for a whole thread."""

    def __init__(self, caller=None):
        self._caller = caller

    def begin(self, frame):
        if self._caller is None or frame.f_back.f_code.co_qualname == self._caller:
            tell(sys.exc_info()[1])

    def end(self, _frame, _value):
        pass


def tell(error):
    """The current thread is ended by it."""
    if error is not None and not isinstance(error, SystemExit):
        stacks.kernel.uncaught()


def install():
    table.add('threading.py', {'_make_invoke_excepthook.<locals>.invoke_excepthook': _Uncaught()})
    table.add('traceback.py', {'print_exc': _Uncaught('BaseProcess._bootstrap')})
