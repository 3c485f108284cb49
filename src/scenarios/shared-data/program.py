from multiprocessing import Lock, Process
from threading import Thread

AS = 'threads'
WORKERS = 2
ROUNDS = 3
LOCKED = False

counter = 0  # a global: one for each process, shared by all its threads


def work(worker, rounds, locked, lock):
    """Adds one to the counter, several times."""
    global counter
    for _ in range(rounds):
        if locked:
            lock.acquire()  # Blocked while another worker is between load and store
        counter += 1  # load, add, store: the thread may be interrupted in between
        if locked:
            lock.release()
    print(f'Worker {worker} sees {counter}')


if __name__ == '__main__':
    lock = Lock()
    Worker = Thread if AS == 'threads' else Process
    workers = []
    for n in range(1, WORKERS + 1):
        worker = Worker(target=work, args=(n, ROUNDS, LOCKED, lock), name=f'W{n}')
        worker.start()
        workers.append(worker)
    for worker in workers:
        worker.join()
    print(f'The main thread sees {counter}')
