import time
from multiprocessing import Event, Process

CARS = 4
FLIPS = 1


def drive(car, green):
    """A car: comes to the light, and drives on when it is green."""
    time.sleep((car - 1) * 0.1)  # the cars come one after another
    print(f'Car {car} is at the light')
    green.wait()  # Blocked while the flag is False
    print(f'Car {car} drives on')


if __name__ == '__main__':
    green = Event()  # the flag begins as False: red
    started = []
    for car in range(1, CARS + 1):
        process = Process(target=drive, args=(car, green))
        process.start()
        started.append(process)
    for _ in range(FLIPS):
        time.sleep(0.15)
        green.set()  # wakes all who wait
        green.clear()  # red at once: those who were woken drive on all the same
    time.sleep(0.15)
    green.set()  # at night the light stays green
    for process in started:
        process.join()
    print('The road is empty')
