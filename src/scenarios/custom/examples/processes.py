import os
from multiprocessing import Process, current_process


def cook(dish):
    print(f'{current_process().name} cooks {dish} in process {os.getpid()}')


if __name__ == '__main__':
    cooks = [Process(target=cook, args=(dish,), name=f'Cook-{dish}') for dish in ('rice', 'soup', 'fish')]
    for process in cooks:
        process.start()
    for process in cooks:
        process.join()  # Blocked until it has ended
    print('exit codes:', [process.exitcode for process in cooks])
