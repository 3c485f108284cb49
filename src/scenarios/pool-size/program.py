import time
from multiprocessing import Pool

POOL = 2
TASKS = 6
IO_SHARE = 25


def work(cpu_time, io_time):
    """A task: it computes, then it waits for a device."""
    end = time.process_time() + cpu_time
    while time.process_time() < end:  # needs a CPU
        pass
    if io_time > 0:
        time.sleep(io_time)  # Blocked: its CPU is free for another


if __name__ == '__main__':
    io_time = 0.16 * IO_SHARE / 100
    workers = Pool(POOL)
    for task in range(TASKS):
        workers.apply_async(work, (0.16 - io_time, io_time))
    workers.close()
    workers.join()  # Blocked until the last task is done
    print(f'{TASKS} tasks, done by {POOL} processes')
