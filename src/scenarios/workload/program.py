import time
from multiprocessing import Process, current_process

JOBS = '0:c9@3,1:c2-i4-c2@1,2:c4@2,3:c1-i5-c1'
TICK = 0.01  # seconds


def compute(seconds):
    end = time.process_time() + seconds  # CPU time: waiting in Ready does not count
    while time.process_time() < end:
        pass


def work(arrival, bursts):
    """One process: its bursts in order, such as "c3-i5-c2"."""
    time.sleep(arrival * TICK)
    arrived = time.perf_counter()
    for burst in bursts.split('-'):
        seconds = int(burst[1:]) * TICK
        if burst.startswith('c'):
            compute(seconds)  # Running while it has a CPU, Ready while it has none
        else:
            time.sleep(seconds)  # Blocked
    turnaround = time.perf_counter() - arrived
    print(f'{current_process().name}: turnaround {turnaround:.2f} s')


if __name__ == '__main__':
    # The operating system schedules these: its policy and priorities are its own.
    for n, job in enumerate(JOBS.split(',')):
        arrival, rest = job.split(':')
        bursts = rest.split('@')[0]
        Process(target=work, args=(int(arrival), bursts), name=f'J{n}').start()
