import os
import time
from multiprocessing import Pool

POOL = 2
TASKS = 4
HOW = 'async'


def square(n):
    """A task; one of the pool's processes is borrowed for it."""
    print(f'pid {os.getpid()} does task {n}')
    time.sleep(0.2)
    return n * n


if __name__ == '__main__':
    workers = Pool(POOL)  # so many processes, started once
    numbers = list(range(1, TASKS + 1))
    if HOW == 'apply':
        for n in numbers:
            answer = workers.apply(square, (n,))  # Blocked until this one is done
            print(f'{n} squared is {answer}')
    elif HOW == 'async':
        results = [workers.apply_async(square, (n,)) for n in numbers]  # each returns at once
        print('All tasks are handed in')
        for n in numbers:
            print(f'{n} squared is {results[n - 1].get()}')  # Blocked until that one is done
    else:
        print('The squares are', workers.map(square, numbers))  # Blocked until all are done
    workers.close()  # no more tasks
    workers.join()  # Blocked until the processes have ended
    print('The pool is empty')
