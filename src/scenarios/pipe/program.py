from multiprocessing import Lock, Pipe, Process

MESSAGES = 4
READERS = 2
LOCKED = False
CLOSE = True


def receive(read_end, lock):
    """One message: its length is read first, then so many bytes."""
    if lock is None:
        return read_end.recv()  # Blocked while the pipe is empty and somebody may still write
    with lock:
        return read_end.recv()  # nobody else reads between the length and the bytes


def read(reader, read_end, write_end, lock, close):
    """A reader: takes messages until the end of the file."""
    if close:
        write_end.close()  # it never writes; keeping this end open, it would wait for itself
    try:
        while True:
            print(f'Reader {reader} got', receive(read_end, lock))
    except EOFError:  # nothing is left, and nobody can write any more
        print(f'Reader {reader} has come to the end')


if __name__ == '__main__':
    read_end, write_end = Pipe(duplex=False)  # the end that reads, and the end that writes
    lock = Lock() if LOCKED else None
    for reader in range(1, READERS + 1):
        Process(target=read, args=(reader, read_end, write_end, lock, CLOSE), name=f'R{reader}').start()
    read_end.close()  # the parent never reads
    for n in range(1, MESSAGES + 1):
        write_end.send(f'message {n}')
    write_end.close()  # it has written all
