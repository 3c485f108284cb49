"""Steps: every line of the learner's own files. CPython's library costs nothing here: its code is never instrumented."""

import sys

from . import stacks
from .stacks import finish

_monitoring = sys.monitoring
_TOOL = _monitoring.PROFILER_ID
_events = _monitoring.events

_folder = '/'


def _line(code, line):
    finish(stacks.kernel.step(line))


def _entered(code, _offset):
    if code.co_filename.startswith(_folder):
        _monitoring.set_local_events(_TOOL, code, _events.LINE)
    return _monitoring.DISABLE


def start(folder):
    """From now on each line of a file in this folder is a step."""
    global _folder
    _folder = folder
    _monitoring.use_tool_id(_TOOL, 'procession')
    _monitoring.register_callback(_TOOL, _events.LINE, _line)
    _monitoring.register_callback(_TOOL, _events.PY_START, _entered)
    _monitoring.set_events(_TOOL, _events.PY_START)
