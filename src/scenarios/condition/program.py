import time
from multiprocessing import Condition, Process, Value

PRODUCERS = 1
CONSUMERS = 2
ROOM = 1
WAITING = 'if'


def bake(baker, loaves, shelf, room, changed, waiting):
    """A producer: puts loaves on the shelf, one after another."""
    for _ in range(loaves):
        time.sleep(0.2)  # in the oven
        with changed:  # the condition's lock: nobody else touches the shelf now
            while shelf.value == room:
                changed.wait()  # gives the lock back, Blocked until notified, then takes the lock again
                if waiting == 'if':
                    break  # as if `while` were `if`: does not look again
            shelf.value += 1
            print(f'Baker {baker} brings a loaf')
            changed.notify_all()  # whoever waits may look again


def buy(customer, loaves, shelf, room, changed, waiting):
    """A consumer: takes loaves from the shelf, one after another."""
    for _ in range(loaves):
        with changed:
            while shelf.value == 0:
                changed.wait()
                if waiting == 'if':
                    break
            left = shelf.value - 1
            shelf.value = left
            print(f'Customer {customer} takes a loaf, {left} left')
            changed.notify_all()


if __name__ == '__main__':
    shelf, changed = Value('i', 0), Condition()
    bakery = (shelf, ROOM, changed, WAITING)
    for n in range(1, CONSUMERS + 1):
        Process(target=buy, args=(n, PRODUCERS, *bakery), name=f'C{n}').start()
    for n in range(1, PRODUCERS + 1):  # as many loaves as are wanted
        Process(target=bake, args=(n, CONSUMERS, *bakery), name=f'B{n}').start()
