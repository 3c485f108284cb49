"""`time`, as far as it waits: C would spin. What time it is, C asks the worker, which tells it the machine's."""

import time

from . import stacks
from .stacks import finish


def sleep(seconds, /):
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    finish(stacks.kernel.sleep(seconds))


def install():
    time.sleep = sleep
