"""`_posixshmem`, which is not built: shared memory by name is a file in `/dev/shm`, as on Linux. `mmap` is C's; only its pages are Linux's."""

import mmap
import os
import sys
import types

from .builtin import put
from .failure import EINVAL, ENAMETOOLONG, failure

_NAME_MAX = 255


def _path(name):
    file = name.lstrip('/')
    if '\0' in file:
        raise ValueError('embedded null character')
    if not file or '/' in file or file in ('.', '..'):
        raise failure(EINVAL, name)
    if len(os.fsencode(file)) > _NAME_MAX:
        raise failure(ENAMETOOLONG, name)
    return f'/dev/shm/{file}'


def _called(call, name, *args):
    path = _path(name)
    try:
        return call(path, *args)
    except OSError as error:
        error.filename = name
        raise


def shm_open(path, flags, mode=0o777):
    return _called(os.open, path, flags, mode)


def shm_unlink(path):
    _called(os.unlink, path)


def install():
    mmap.PAGESIZE = mmap.ALLOCATIONGRANULARITY = 4096
    module = types.ModuleType('_posixshmem')
    put(module, shm_open, shm_unlink)
    sys.modules['_posixshmem'] = module
