import time
from multiprocessing import Barrier, Process

PARTIES = 3
STAGES = 2
ABSENT = False


def hike(hiker, stages, hut):
    """A hiker: walks from hut to hut, and at each waits for the others."""
    for stage in range(1, stages + 1):
        time.sleep(hiker / 10)  # some walk faster
        print(f'Hiker {hiker} is at hut {stage}')
        place = hut.wait()  # Blocked until all parties are there
        if place == 0:
            print(f'All are at hut {stage}')  # the numbers differ, so one of them says it
        print(f'Hiker {hiker} leaves hut {stage}')


if __name__ == '__main__':
    hut = Barrier(PARTIES)  # opens when so many are there, and closes behind them
    coming = PARTIES - 1 if ABSENT else PARTIES
    for hiker in range(1, coming + 1):
        Process(target=hike, args=(hiker, STAGES, hut), name=f'H{hiker}').start()
