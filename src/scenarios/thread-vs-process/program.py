from multiprocessing import Process, Semaphore
from threading import Thread
from time import perf_counter

N = 2
LAPS = 2


def run(mine, following, laps):
    """A runner of a relay: waits for the baton, and hands it on."""
    for _ in range(laps):
        mine.acquire()  # Blocked until the baton comes
        following.release()


def measure(kind, n, laps):
    """Starts n runners, lets the baton go round, waits for their end. Says how many ms each of the three took."""
    begun = perf_counter()
    batons = [Semaphore(0) for _ in range(n + 1)]
    runners = []
    for i in range(n):
        runner = kind(target=run, args=(batons[i], batons[i + 1], laps + 1))
        runner.start()
        runners.append(runner)
    for lap in range(laps + 1):
        batons[0].release()
        batons[n].acquire()  # once round
        if lap == 0:
            started = perf_counter()  # now all have begun to run
    switched = perf_counter()
    for runner in runners:
        runner.join()
    times = (begun, started, switched, perf_counter())
    start, switch, finish = [(b - a) * 1000 for a, b in zip(times, times[1:])]
    print(f'{n} x {kind.__name__}: start {start:.1f}, switch {switch:.1f}, finish {finish:.1f}')


if __name__ == '__main__':
    measure(Thread, N, LAPS)
    measure(Process, N, LAPS)
