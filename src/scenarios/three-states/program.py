import time
from multiprocessing import Process, current_process

PROCESSES = 3
ROUNDS = 2


def io(ticks):
    time.sleep(ticks / 100)  # stands for the disk: the process is Blocked


def compute(ticks):
    for _ in range(ticks):
        sum(range(200_000))  # needs a CPU: Running, or Ready while others have it


def work(rounds):
    """What every child does: read a page from the disk, work on it, and so on."""
    for _ in range(rounds):
        io(5)
        compute(3)
    print(f'{current_process().name} is done')


if __name__ == '__main__':
    children = []
    for _ in range(PROCESSES):
        child = Process(target=work, args=(ROUNDS,))
        child.start()  # New, then Ready: it runs when the scheduler picks it
        children.append(child)
    for child in children:
        child.join()  # Blocked until this child has ended
    print('All children have ended')
