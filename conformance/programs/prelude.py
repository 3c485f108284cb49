"""The package `test` of an interpreter of the engine: what every process settles before it imports any test."""

import concurrent.futures
import sys
import sysconfig

# It is made once, for the platform that the interpreter was built for.
sysconfig.get_config_vars()
# The tests ask by this name whether there are threads, processes and signals: on a bare Emscripten there are none.
sys.platform = 'linux'

# They take for granted that there are subinterpreters; what is about those is not run.
concurrent.futures.InterpreterPoolExecutor = type('InterpreterPoolExecutor', (), {})
