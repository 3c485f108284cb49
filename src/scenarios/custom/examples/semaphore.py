import time
from threading import Semaphore, Thread

places = Semaphore(2)  # a car park with two places


def park(car):
    with places:
        print(f'car {car} parks')
        time.sleep(0.05)
    print(f'car {car} leaves')


cars = [Thread(target=park, args=(number,), name=f'Car-{number}') for number in range(1, 5)]
for car in cars:
    car.start()
for car in cars:
    car.join()
