import sys
import time
from multiprocessing import Process

TASKS = 3
HOW = 'sync'
FAILING = 0


def task(n, fails):
    """One task: takes some time, and may fail."""
    time.sleep(0.3)  # waits for a slow device
    if fails:
        sys.exit(3)  # a failure is an exit code that is not 0
    print(f'Task {n} is done')


if __name__ == '__main__':
    called = []
    for n in range(1, TASKS + 1):
        process = Process(target=task, args=(n, n == FAILING))
        process.start()
        called.append(process)
        if HOW == 'sync':
            process.join()  # Blocked until the task has ended
            if process.exitcode != 0:
                sys.exit(1)  # it failed, so its caller fails
        print(f'Caller: goes on after calling task {n}')
    for process in called:
        print(f'Caller: {process.name} has exit code', process.exitcode)  # None: not done yet
