import time
from multiprocessing import Process, Queue

PRODUCERS = 1
CONSUMERS = 2
ITEMS = 5
SIZE = 2

GOODS = ['包子', [1, [2, 'three']], {'price': 2.5, 'sold': None}, b'\x00\xff', 2**70]


def produce(producer, items, queue):
    """Puts values of several kinds into the queue: each arrives equal to what was sent."""
    for n in range(items):
        value = GOODS[n % len(GOODS)]
        queue.put(value)  # Blocked while the queue is full
        print(f'Producer {producer} put', value)


def consume(consumer, queue):
    """Takes values until it gets the sign that there are no more."""
    while True:
        value = queue.get()  # Blocked while the queue is empty
        if value is None:
            break
        print(f'Consumer {consumer} got', value)
        time.sleep(0.2)  # eats


if __name__ == '__main__':
    queue = Queue(SIZE)  # holds at most so many
    for n in range(1, CONSUMERS + 1):
        Process(target=consume, args=(n, queue), name=f'C{n}').start()
    producers = []
    for n in range(1, PRODUCERS + 1):
        producer = Process(target=produce, args=(n, ITEMS, queue), name=f'Pr{n}')
        producer.start()
        producers.append(producer)
    for producer in producers:
        producer.join()
    for _ in range(CONSUMERS):
        queue.put(None)  # one sign for each consumer: nothing more will come
