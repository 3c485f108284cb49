"""`ctypes`, as far as a name says what it is: where `int` is as wide as `long`, as here, it makes one type of the two and calls it `c_long`. On
Linux they are two, and a `Value('i')` is a `c_int`."""

import ctypes


class c_int(ctypes._SimpleCData):
    _type_ = 'i'


class c_uint(ctypes._SimpleCData):
    _type_ = 'I'


def install():
    for kind, names in ((c_int, ('c_int', 'c_int32')), (c_uint, ('c_uint', 'c_uint32'))):
        kind.__module__ = 'ctypes'
        for name in names:
            setattr(ctypes, name, kind)
