from multiprocessing import Process, Queue


def bake(queue, loaves):
    for number in range(1, loaves + 1):
        queue.put(f'loaf {number}')  # Blocked while the shelf is full
    queue.put(None)  # no more


def eat(queue):
    while (loaf := queue.get()) is not None:  # Blocked while the shelf is empty
        print('eaten:', loaf)


if __name__ == '__main__':
    shelf = Queue(maxsize=2)
    baker = Process(target=bake, args=(shelf, 5), name='Baker')
    guest = Process(target=eat, args=(shelf,), name='Guest')
    baker.start()
    guest.start()
    baker.join()
    guest.join()
