from multiprocessing import Process, Semaphore
from threading import Thread
from time import perf_counter, sleep

KIND = 'threads'
N = 2
ROUNDS = 6
WORK = 'compute'


def run(ready, go, rounds, work):
    """A worker: waits for the others, then works for a few rounds."""
    ready.release()
    go.acquire()  # Blocked until all are there, and the clock runs
    for _ in range(rounds):
        if work == 'compute':
            sum(range(50_000))  # needs the interpreter
        else:
            sleep(0.1)  # Blocked: needs none


if __name__ == '__main__':
    kind = Thread if KIND == 'threads' else Process
    ready, go = Semaphore(0), Semaphore(0)
    workers = [kind(target=run, args=(ready, go, ROUNDS, WORK)) for _ in range(N)]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    begun = perf_counter()
    for _ in workers:
        go.release()
    for worker in workers:
        worker.join()
    print(f'{N} {KIND}: {(perf_counter() - begun) * 1000:.0f} ms')
