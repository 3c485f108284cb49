import os
import time
from multiprocessing import Process
from threading import Thread

ROUNDS = 3


def count(who, rounds):
    """The same function for all: says which process it runs in, and counts."""
    for n in range(1, rounds + 1):
        print(f'{who} in pid {os.getpid()}: {n}')
        time.sleep(0.1)  # Blocked: this thread, and no other


if __name__ == '__main__':
    print(f'Main thread in pid {os.getpid()}')
    process = Process(target=count, args=('Process', ROUNDS))
    thread = Thread(target=count, args=('Thread', ROUNDS))
    process.start()  # a process of its own, with a main thread of its own
    thread.start()  # one more thread in this process
    time.sleep(1)  # the main thread is Blocked, the other goes on
    print(f'Main thread in pid {os.getpid()} is awake')
    process.join()
    thread.join()
