"""Functions in place of C's: like those they do not become methods of a class that has them, and are pickled by their name."""

import sys


def _find(module, name):
    return getattr(sys.modules[module], name)


class builtin:
    __slots__ = ('_function', '_module', '__name__')

    def __init__(self, function, module, name=None):
        self._function = function
        self._module = module
        self.__name__ = name or function.__name__

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)

    def __reduce__(self):
        return _find, (self._module, self.__name__)

    def __repr__(self):
        return f'<built-in function {self.__name__}>'


# Of each of them, not of their class.
builtin.__module__ = property(lambda function: function._module)


def put(module, *functions):
    """Puts functions, by their own names, in place of a module's."""
    for function in functions:
        setattr(module, function.__name__, builtin(function, module.__name__))
