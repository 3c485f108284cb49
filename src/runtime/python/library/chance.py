"""What the interpreter has drawn by chance before its memory was kept, is drawn anew in each process."""

import multiprocessing
import os
import random


def connect():
    """At the start of a process."""
    random.seed()
    # A child gets its parent's instead.
    multiprocessing.current_process().authkey = os.urandom(32)
