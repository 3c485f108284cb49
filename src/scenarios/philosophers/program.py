import time
from multiprocessing import Lock, Process, Value

N = 5
CURE = 'none'


def sit_down(chairs, book, door):
    door.acquire()  # Blocked while all n - 1 chairs are taken: so there is always one who can get two forks
    with book:
        chairs.value -= 1
        if chairs.value > 0:
            door.release()  # another may follow


def stand_up(chairs, book, door):
    with book:
        chairs.value += 1
        if chairs.value == 1:
            door.release()  # the door was locked


def dine(seat, first, second, cure, waiter):
    if cure == 'waiter':
        sit_down(*waiter)
    while True:
        first.acquire()
        print(f'Philosopher {seat} has one fork')
        time.sleep(0.5)  # reaches slowly for the other fork
        if second.acquire(cure != 'release'):  # Blocked while the neighbour has it; with 'release' only a try
            break
        first.release()  # rather none than one
        print(f'Philosopher {seat} puts the fork back')
        time.sleep(seat / 10)  # not all for the same time: else they could go on like this for ever
    print(f'Philosopher {seat} eats')
    second.release()
    first.release()
    if cure == 'waiter':
        stand_up(*waiter)


if __name__ == '__main__':
    forks = [Lock() for _ in range(N)]
    chairs, book, door = Value('i', N - 1), Lock(), Lock()
    for seat in range(1, N + 1):
        pair = [forks[seat - 1], forks[seat % N]]  # left, right
        if CURE == 'ordered' and seat == N:
            pair.reverse()  # lower number first
        Process(target=dine, args=(seat, *pair, CURE, (chairs, book, door)), name=f'Ph{seat}').start()
