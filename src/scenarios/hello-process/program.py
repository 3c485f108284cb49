import os
import time
from multiprocessing import Process

NAME = 'Alice'
PAUSE = 20  # hundredths of a second
JOIN = False


def hello(name):
    """Runs in the child: a process of its own, with a pid of its own."""
    print(f'Child: hello {name}, I am pid {os.getpid()}, my parent is pid {os.getppid()}')


if __name__ == '__main__':
    print(f'Parent: I am pid {os.getpid()}')
    child = Process(target=hello, args=(NAME,))
    child.start()  # returns at once; the child will run when the scheduler picks it
    if PAUSE > 0:
        time.sleep(PAUSE / 100)  # Blocked for so many hundredths of a second
    if JOIN:
        child.join()  # Blocked until the child has ended, however long that takes
    print(f'Parent: I go on, my child was pid {child.pid}')
