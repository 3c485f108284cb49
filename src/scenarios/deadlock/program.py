import time
from multiprocessing import Lock, Process

ORDERED = False
PAUSE = 5  # hundredths of a second


def copy(name, first, second, pause):
    """Copies a page. That takes two devices, and each of them serves one process at a time."""
    first.acquire()
    print(f'{name} has one device')
    if pause > 0:
        time.sleep(pause / 100)  # gets the page ready, and keeps the device
    second.acquire()  # Blocked while the other has it
    print(f'{name} has copied a page')
    second.release()
    first.release()


if __name__ == '__main__':
    scanner = Lock()
    printer = Lock()
    ann = Process(target=copy, args=('Ann', scanner, printer, PAUSE), name='Ann')
    order = (scanner, printer) if ORDERED else (printer, scanner)
    bob = Process(target=copy, args=('Bob', *order, PAUSE), name='Bob')
    ann.start()
    bob.start()
    ann.join()
    bob.join()
    print('Both have copied')
