"""What the command hears of a run: the names of tests, which one begins, and what became of it."""

import json
import os
import sys
import traceback
import unittest

BEGIN = '\x1e'
"""No test prints a line that begins so."""


def tell(**event):
    os.write(1, f'\n{BEGIN}{json.dumps(event)}\n'.encode())


def _settle():
    # Where the tests are is no part of the library here: whoever runs an interpreter must be told.
    os.environ['PYTHONPATH'] = sys.modules['__main__'].FOLDER
    # So the tests know that without the environment none of them is found.
    os.environ['PYTHONHOME'] = '/'

    from test import support

    support.verbose = 0
    # All but what is outside of this machine.
    support.use_resources = ['audio', 'cpu', 'decimal', 'subprocess', 'walltime']


def _flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _flat(test)
        else:
            yield test


def _tests(module):
    """All tests of a module; raises what importing it raises."""
    __import__(module)
    return list(_flat(unittest.defaultTestLoader.loadTestsFromName(module)))


def _needs(kind):
    """Why this class cannot be run on any machine without `fork`; None: it can."""
    return getattr(kind, 'ctx', None) if getattr(kind, 'ctx', None) in ('fork', 'forkserver') else None


def tell_names(modules):
    _settle()
    for module in modules:
        try:
            for test in _tests(module):
                kind = type(test)
                locks = any(base.__module__ == 'test.lock_tests' for base in kind.__mro__)
                tell(event='found', module=module, kind=kind.__qualname__, test=test.id(), locks=locks, needs=_needs(kind))
        except unittest.SkipTest as skip:
            tell(event='module', module=module, outcome='skipped', reason=str(skip))
        except BaseException as error:
            tell(event='module', module=module, outcome='failed', reason=''.join(traceback.format_exception(error)))
    tell(event='end')


class _Result(unittest.TestResult):
    """Tells of each test when it has ended; of one with subtests, the worst of them."""

    def startTest(self, test):
        super().startTest(test)
        self._worst = ('passed', '')
        tell(event='begin', test=test.id())

    def stopTest(self, test):
        super().stopTest(test)
        outcome, reason = self._worst
        tell(event='outcome', test=test.id(), outcome=outcome, reason=reason)

    def _note(self, test, outcome, reason):
        # What is no test is a fixture: of a class, or of a module.
        if not isinstance(test, unittest.TestCase) and not hasattr(test, 'test_case'):
            tell(event='fixture', test=test.id(), outcome=outcome, reason=reason)
        elif self._worst[0] != 'failed':
            self._worst = (outcome, reason)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._note(test, 'skipped', reason)

    def addError(self, test, error):
        super().addError(test, error)
        self._note(test, 'failed', self.errors[-1][1])

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._note(test, 'failed', self.failures[-1][1])

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            text = ''.join(traceback.format_exception(*error))
            self._note(test, 'failed', f'{subtest._subDescription()}\n{text}')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._note(test, 'failed', 'it was expected to fail')


def run(modules, wanted):
    _settle()
    for module in modules:
        suite = unittest.TestSuite(test for test in _tests(module) if test.id() in wanted)
        suite.run(_Result())
    tell(event='end')
