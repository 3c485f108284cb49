"""`time`, as far as it waits: C would spin. What time it is, C asks the worker, which tells it the machine's; but that knows of no CPU."""

import time

from . import stacks
from .builtin import put
from .stacks import finish

_NS = 1_000_000_000


def sleep(seconds, /):
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    stacks.room()
    finish(stacks.kernel.sleep(seconds))


def process_time():
    return stacks.kernel.cpu_time(False)


def process_time_ns():
    return round(process_time() * _NS)


def thread_time():
    return stacks.kernel.cpu_time(True)


def thread_time_ns():
    return round(thread_time() * _NS)


def install():
    put(time, sleep, process_time, process_time_ns, thread_time, thread_time_ns)
