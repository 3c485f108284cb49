import os
import time
from multiprocessing import Pool

POOL = 2
TASKS = 4


def download(page):
    """A task, for a process of the pool."""
    print(f'pid {os.getpid()} downloads page {page}')
    time.sleep(0.3 - page / 20)
    return f'page {page}'


def save(page):
    """The callback: gets what the task has returned, in the process that made the pool."""
    print(f'pid {os.getpid()} saves {page}')


if __name__ == '__main__':
    print(f'pid {os.getpid()} is the main process')
    workers = Pool(POOL)
    for page in range(1, TASKS + 1):
        workers.apply_async(download, (page,), callback=save)  # returns at once; save will be called when it is done
    workers.close()
    workers.join()  # the main thread is Blocked, and pages are saved all the same
    print('All pages are saved')
