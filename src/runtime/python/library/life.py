"""The life of a process: from its program to its exit status, in the order of `Py_RunMain` and `Py_FinalizeEx`."""

import atexit
import gc
import io
import json
import multiprocessing.process
import os
import random
import runpy
import signal
import sys
import threading
import traceback
import types

from . import chance, descriptors, observed_endings, processes, signals, stacks, steps, terminal, threads, tracker

HOME = '/home/learner'

INTERRUPTED = -2
"""Status of a process that ends by KeyboardInterrupt: as if nobody had handled the signal."""

_WITH_VALUE = {'-X', '-W', '--check-hash-based-pycs'}
"""Options of the interpreter whose value is an argument of its own."""


def run(program, letter):
    """Runs the process that this letter describes. `program`: the learner's file; '': a command line of our own. Its exit status."""
    import _kernel

    _kernel.protect_stack()
    # Pyodide looks for modules in the directory where it is, whenever it wakes; an interpreter does so where it is told to.
    sys.path[:] = [path for path in sys.path if path]
    stacks.kernel = _kernel
    stacks.current = threads.MAIN
    threads.forget_loop()
    signals.connect()
    chance.connect()
    terminal.connect()
    letter = json.loads(letter)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    tracks = tracker.connect({descriptor['number'] for descriptor in letter.get('descriptors', ())})
    steps.start(HOME)
    if program:
        os.chdir(HOME)
        status = _guarded(lambda: _run_file(f'{HOME}/{program}', []), is_program=True)
    else:
        _receive(letter)
        status = _guarded(lambda: _run_command(letter['args']), is_program=True)
    steps.ended()
    _guarded(threading._shutdown)
    _guarded(atexit._run_exitfuncs)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()
    _delete_objects()
    _close_files()
    if tracks:
        _guarded(tracker.end)
    if status == INTERRUPTED:
        # Whoever waits for it shall see that it was.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    return status


def rehearse():
    """What every process begins with: it takes several times as long when an interpreter does it first. Nothing of it may be left."""
    json.loads('{}')
    random.seed()


def _receive(letter):
    """What a child has from its parent."""
    os.environ.clear()
    os.environ.update(letter['environment'])
    os.chdir(letter['directory'])
    descriptors.inherit(descriptor['number'] for descriptor in letter['descriptors'] if descriptor['kind'] != 'file')


def _run_command(args):
    """As the interpreter does it with a command line: options, then `-c`, `-m` or a file, then that one's own arguments."""
    sys.orig_argv = args
    rest = iter(args[1:])
    letters = ''
    for arg in rest:
        if arg == '-c':
            command = next(rest)
            sys.argv = ['-c', *rest]
            _add_paths(letters, '')
            exec(compile(command, '<string>', 'exec'), sys.modules['__main__'].__dict__)
            return
        if arg == '-m':
            module = next(rest)
            sys.argv = [module, *rest]
            _add_paths(letters, os.getcwd())
            runpy._run_module_as_main(module)
            return
        if not arg.startswith('-'):
            _run_file(os.path.abspath(arg), list(rest), letters)
            return
        if arg in _WITH_VALUE:
            next(rest)
        elif not arg.startswith('--'):
            letters += arg[1:]


def _add_paths(letters, first):
    """Modules are looked for in the directory `first`, and then where the environment says, unless options say no."""
    if not {'I', 'E'} & set(letters):
        sys.path[:0] = [path for path in os.environ.get('PYTHONPATH', '').split(':') if path]
    if not {'I', 'P'} & set(letters):
        sys.path.insert(0, first)


def _run_file(path, args, letters=''):
    sys.argv = [path, *args]
    _add_paths(letters, os.path.dirname(path))
    main = sys.modules['__main__']
    main.__dict__['__file__'] = path
    exec(compile(_source(path), path, 'exec'), main.__dict__)


def _delete_objects():
    """
    Calls `__del__` of what the program's names still hold; of anything else nobody sees when it goes. CPython's collector calls all
    of them before a single name is gone, so those that others are likely to use go last, or not at all.
    """
    names = sys.modules['__main__'].__dict__
    if not any(isinstance(value, type) and '__del__' in value.__dict__ for value in names.values()):
        return
    threads.finalizing = True
    _guarded(gc.collect)
    _forget(names, lambda value: hasattr(type(value), '__del__'))
    # What holds others, and is not what they are made of.
    _forget(names, lambda value: gc.is_tracked(value) and not isinstance(value, (types.ModuleType, types.FunctionType, type)))
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


def _forget(names, is_meant):
    for name in [name for name, value in names.items() if not name.startswith('__') and is_meant(value)]:
        names[name] = None
    _guarded(gc.collect)


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


def _guarded(call, is_program=False):
    """Calls it as the interpreter calls a program: what it raises becomes an exit status."""
    try:
        call()
    except SystemExit as end:
        return _status(end.code)
    except BaseException as error:
        _report(error)
        if is_program:
            observed_endings.tell(error)
        return INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
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
    if isinstance(error, MemoryError):
        error.add_note('A process can have 512 MB here.')
    traceback.print_exception(type(error), error, trace)
