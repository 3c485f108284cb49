from multiprocessing import Lock, Process, Value


def sell(tickets, lock, name):
    while True:
        with lock:  # one at a time; the others are Blocked
            if tickets.value == 0:
                return
            tickets.value -= 1
            print(f'{name} sells one, {tickets.value} left')


if __name__ == '__main__':
    lock = Lock()
    tickets = Value('i', 6, lock=False)
    sellers = [Process(target=sell, args=(tickets, lock, name)) for name in ('North', 'South')]
    for seller in sellers:
        seller.start()
    for seller in sellers:
        seller.join()
    print('sold out')
