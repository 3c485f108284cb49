from multiprocessing import Lock, Manager, Process

WORKERS = 2
ROUNDS = 3
LOCKED = False


def work(worker, rounds, data, done, lock):
    """A worker: takes one from the number in the dict, several times."""
    for _ in range(rounds):
        if lock is not None:
            lock.acquire()  # Blocked while another worker is between get and set
        data['n'] -= 1  # get, then set: two requests, each Blocked until the server answers
        if lock is not None:
            lock.release()
    done.append(worker)  # one request


if __name__ == '__main__':
    manager = Manager()  # starts the server, a process
    data = manager.dict({'n': 100})  # the dict is the server's, this is a proxy
    done = manager.list()
    lock = Lock() if LOCKED else None
    started = []
    for n in range(1, WORKERS + 1):
        worker = Process(target=work, args=(n, ROUNDS, data, done, lock), name=f'W{n}')
        worker.start()
        started.append(worker)
    for worker in started:
        worker.join()
    print(f"Taken: {WORKERS * ROUNDS} of 100, left: {data['n']}")
    print('Done:', done)
