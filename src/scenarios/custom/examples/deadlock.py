import time
from threading import Lock, Thread

pen, paper = Lock(), Lock()


def write(first, second):
    with first:
        time.sleep(0.1)  # by now the other one holds what comes next
        with second:
            print('a letter is written')


print('two writers, one pen, one sheet of paper')
ann = Thread(target=write, args=(pen, paper), name='Ann')
bob = Thread(target=write, args=(paper, pen), name='Bob')
ann.start()
bob.start()
ann.join()
bob.join()
