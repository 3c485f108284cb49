import time
from threading import Barrier, Thread, current_thread

start = Barrier(3, action=lambda: print('all are here: go'))


def run(minutes):
    print(f'{current_thread().name} is on the way')
    time.sleep(minutes / 50)
    start.wait()  # Blocked until the last one has come
    print(f'{current_thread().name} runs')


runners = [Thread(target=run, args=(n,), name=f'Runner-{n}') for n in (1, 2, 3)]
for runner in runners:
    runner.start()
for runner in runners:
    runner.join()
