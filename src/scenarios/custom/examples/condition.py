from threading import Condition, Thread

plate = []
changed = Condition()


def cook():
    for dish in ('rice', 'soup', 'tea'):
        with changed:
            changed.wait_for(lambda: not plate)  # gives the lock back while it waits
            plate.append(dish)
            print('on the plate:', dish)
            changed.notify()


def guest():
    for _ in range(3):
        with changed:
            changed.wait_for(lambda: plate)
            print('eaten:', plate.pop())
            changed.notify()


threads = [Thread(target=cook, name='Cook'), Thread(target=guest, name='Guest')]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
