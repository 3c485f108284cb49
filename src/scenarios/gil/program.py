from multiprocessing import Barrier, Process
from threading import Thread
from time import perf_counter, sleep

KIND = 'threads'
N = 2
ROUNDS = 6
WORK = 'compute'


def run(gate, rounds, work):
    """A worker: waits for the others, and then works, a few rounds."""
    gate.wait()  # Blocked until all are there
    for _ in range(rounds):
        if work == 'compute':
            sum(range(50_000))  # needs the interpreter
        else:
            sleep(0.1)  # Blocked: needs none


if __name__ == '__main__':
    kind = Thread if KIND == 'threads' else Process
    gate = Barrier(N + 1)
    workers = [kind(target=run, args=(gate, ROUNDS, WORK)) for _ in range(N)]
    for worker in workers:
        worker.start()
    gate.wait()
    begun = perf_counter()
    for worker in workers:
        worker.join()
    print(f'{N} {KIND}: {(perf_counter() - begun) * 1000:.0f} ms')
