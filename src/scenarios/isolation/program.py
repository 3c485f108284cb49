from multiprocessing import Lock, Process, Value

CHILDREN = 3

counter = 100  # a global: every process has its own


def work(child, shared, lock):
    """Runs in a child: takes 10 off the global, and 10 off the shared variable."""
    global counter
    counter -= 10  # changes this process's counter, and no other
    print(f'Child {child}: my counter is {counter}')
    lock.acquire()
    shared.value -= 10  # load and store: the lock keeps them together
    lock.release()


if __name__ == '__main__':
    shared = Value('i', 100)  # lies in memory that all of them see
    lock = Lock()
    started = []
    for child in range(1, CHILDREN + 1):
        process = Process(target=work, args=(child, shared, lock))
        process.start()
        started.append(process)
    for process in started:
        process.join()  # now all of them have done their work
    print(f'Parent: my counter is {counter}')
    print(f'Parent: the shared one is {shared.value}')
