"""Puts our own in place of what CPython has in C below its library. Imported once, before the interpreter's memory is kept."""

import gc
import os
import struct
import sys

from . import c_types, clock, descriptors, errors, memory, polling, processes, pulses, semaphores, signals, sockets, stacks, threads

# First: others take numbers and words from there.
errors.install()
threads.install()
clock.install()
pulses.install()
signals.install()
descriptors.install()
processes.install()
semaphores.install()
polling.install()
sockets.install()
memory.install()
c_types.install()

# C's `SimpleQueue` would block the whole interpreter; without it `queue` has one of its own.
sys.modules['_queue'] = None

# What has been imported before has taken what was there before.
_STALE = {'threading', '_threading_local', 'queue', 'socket', 'selectors', 'subprocess', 'multiprocessing', 'tempfile', 'concurrent', 'logging', 'pathlib', 'asyncio', '_asyncio'}
for name in [name for name in sys.modules if name.split('.')[0] in _STALE]:
    del sys.modules[name]

# Where every process begins: some modules remember it.
os.makedirs('/home/learner', exist_ok=True)
os.chdir('/home/learner')

# Decides by that name whether there are processes, once for all.
_platform, sys.platform = sys.platform, 'linux'
import subprocess  # noqa: E402, F401

sys.platform = _platform

# All that programs of processes and threads use lies in the memory with which an interpreter wakes; and what `strptime` imports, whose long
# chain of conditions C has no stack to compile for in a process.
import _strptime  # noqa: E402
import asyncio  # noqa: E402
import concurrent.futures.process  # noqa: E402
import concurrent.futures.thread  # noqa: E402
import ctypes  # noqa: E402
import multiprocessing.connection  # noqa: E402
import multiprocessing.managers  # noqa: E402
import multiprocessing.pool  # noqa: E402
import multiprocessing.popen_spawn_posix  # noqa: E402
import multiprocessing.queues  # noqa: E402
import multiprocessing.resource_sharer  # noqa: E402
import multiprocessing.resource_tracker  # noqa: E402
import multiprocessing.shared_memory  # noqa: E402
import multiprocessing.sharedctypes  # noqa: E402
import multiprocessing.spawn  # noqa: E402
import multiprocessing.synchronize  # noqa: E402
import pkgutil  # noqa: E402
import queue  # noqa: E402
import runpy  # noqa: E402
import selectors  # noqa: E402
import threading  # noqa: E402, F401

# There is no `fork`, and so no server that forks either: as on Windows, and with its message.
_contexts = multiprocessing.context._concrete_contexts
multiprocessing.context._default_context._default_context = _contexts['spawn']
del _contexts['fork'], _contexts['forkserver']

from . import life, observed_endings, observed_managers, observed_multiprocessing, observed_pipes, observed_pools, observed_threading  # noqa: E402, F401

observed_threading.install()
observed_multiprocessing.install()
observed_pipes.install()
observed_pools.install()
observed_managers.install()
observed_endings.install()


def _all_types():
    found = {object}
    new = [object]
    while new:
        below = [kind for kind in type.__subclasses__(new.pop()) if kind not in found]
        found.update(below)
        new += below
    return found


_types = _all_types()
stacks.types = struct.pack(f'{len(_types)}I', *map(id, _types))

# None of this ever becomes garbage: the collector need not look at it in every process again, nor anybody who asks it for all objects.
gc.collect()
gc.freeze()
