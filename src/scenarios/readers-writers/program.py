import time
from multiprocessing import Lock, Process, Value

READERS = 3
WRITERS = 1
PREFER = 'readers'


def read(n, prefer, door, room, counter, inside):
    """Any number of readers may be in the room together: the first takes the room's lock, the last gives it back."""
    time.sleep((n - 1) * 0.3)  # the readers come one after another
    if prefer == 'nobody':
        door.acquire()  # Blocked while a writer stands in the door
        door.release()
    with counter:
        inside.value += 1
        if inside.value == 1:
            room.acquire()  # Blocked while a writer is in the room
    print(f'Reader {n} reads')
    time.sleep(0.5)
    with counter:
        inside.value -= 1
        if inside.value == 0:
            room.release()


def write(n, prefer, door, room):
    """A writer must be alone."""
    time.sleep(n * 0.1)
    if prefer == 'nobody':
        door.acquire()  # whoever comes now waits behind this writer
    room.acquire()  # Blocked while anybody is in the room
    print(f'Writer {n} writes')
    time.sleep(0.2)
    room.release()
    if prefer == 'nobody':
        door.release()


if __name__ == '__main__':
    door, room, counter, inside = Lock(), Lock(), Lock(), Value('i', 0)
    for n in range(1, READERS + 1):
        Process(target=read, args=(n, PREFER, door, room, counter, inside), name=f'R{n}').start()
    for n in range(1, WRITERS + 1):
        Process(target=write, args=(n, PREFER, door, room), name=f'W{n}').start()
