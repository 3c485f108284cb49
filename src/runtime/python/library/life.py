"""The life of a process: from its program to its exit status, in the order of `Py_RunMain` and `Py_FinalizeEx`."""

import atexit
import gc
import io
import json
import os
import sys
import threading
import traceback

from . import signals, stacks, steps, threads

HOME = '/home/learner'


def run(mail):
    """Runs the process that this mail describes. Its exit status."""
    import _kernel

    stacks.kernel = _kernel
    stacks.current = threads.MAIN
    signals.connect()
    letter = json.loads(mail)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    os.chdir(HOME)
    path = f'{HOME}/{letter["program"]}'
    sys.argv = [path]
    sys.path.insert(0, HOME)
    main = sys.modules['__main__']
    main.__dict__['__file__'] = path
    steps.start(HOME)
    status = _guarded(lambda: exec(compile(_source(path), path, 'exec'), main.__dict__))
    _guarded(threading._shutdown)
    _guarded(atexit._run_exitfuncs)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    _close_files()
    return status


def _close_files():
    """What the program has left open is written when its objects die; here they never do."""
    for layer in (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom):
        for file in [file for file in gc.get_objects() if isinstance(file, layer)]:
            try:
                if not file.closed:
                    file.flush()
            except (OSError, ValueError):
                pass


def _source(path):
    with io.open_code(path) as file:
        return file.read()


def _guarded(call):
    """Calls it as the interpreter calls a program: what it raises becomes an exit status."""
    try:
        call()
    except SystemExit as end:
        return _status(end.code)
    except BaseException as error:
        _report(error)
        return 1
    return 0


def _status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _report(error):
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get('__package__') == __package__:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
