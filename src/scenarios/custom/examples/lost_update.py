from threading import Thread

ROUNDS = 5
counter = 0


def count():
    global counter
    for _ in range(ROUNDS):
        value = counter  # another thread may run between these two lines
        counter = value + 1


threads = [Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f'counted {2 * ROUNDS} times, the counter says {counter}')
