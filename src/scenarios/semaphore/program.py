import time
from multiprocessing import Process, Semaphore

K = 2
GUESTS = 5


def sing(guest, room):
    """A guest of the karaoke bar, whose only room has a few places."""
    room.acquire()  # counter above 0: one less, and in; counter at 0: Blocked
    print(f'Guest {guest} goes in')
    time.sleep(0.5 + guest / 10)  # sings
    print(f'Guest {guest} goes out')
    room.release()  # counter one more; wakes a guest who waits


if __name__ == '__main__':
    room = Semaphore(K)  # its counter begins with K: so many places are free
    started = []
    for guest in range(1, GUESTS + 1):
        process = Process(target=sing, args=(guest, room))
        process.start()
        started.append(process)
    for process in started:
        process.join()
    print(f'The room is empty, {room.get_value()} places are free')
