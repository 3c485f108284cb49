from multiprocessing import Process
from threading import Thread


def divide(by):
    print('12 divided by', by, 'is', 12 / by)


if __name__ == '__main__':
    thread = Thread(target=divide, args=(0,))
    thread.start()
    thread.join()  # the thread has ended, its process goes on
    child = Process(target=divide, args=(0,))
    child.start()
    child.join()
    print('exit code of the child:', child.exitcode)
