import os
import time
from multiprocessing import Pool, Process, Semaphore

N = 2
TASKS = 5
HOW = 'both'


def job(task):
    """The work, the same for both."""
    print(f'pid {os.getpid()} does task {task}')
    time.sleep(0.1)


def guest(task, room):
    """A process for one task: it was started, and may have to wait until it is let in."""
    room.acquire()  # N are inside: Blocked
    job(task)
    room.release()


if __name__ == '__main__':
    numbers = list(range(1, TASKS + 1))
    if HOW != 'pool':
        room = Semaphore(N)
        guests = [Process(target=guest, args=(task, room)) for task in numbers]
        for process in guests:
            process.start()  # as many processes as tasks
        for process in guests:
            process.join()
        print(f'Semaphore: {TASKS} tasks, {N} at a time')
    if HOW != 'semaphore':
        workers = Pool(N)  # N processes, whatever the number of tasks
        workers.map(job, numbers, 1)
        workers.close()
        workers.join()
        print(f'Pool: {TASKS} tasks, {N} at a time')
