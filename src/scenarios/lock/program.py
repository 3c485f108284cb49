import time
from multiprocessing import Lock, Process, Value

BUYERS = 4
TICKETS = 2
LOCKED = False
THINK = 0  # hundredths of a second


def buy(buyer, tickets, lock, locked, think):
    """One buyer: looks how many tickets are left, thinks, and takes one."""
    if locked:
        lock.acquire()  # Blocked while another buyer holds the lock
    left = tickets.value  # load
    if left > 0:
        if think > 0:
            time.sleep(think / 100)  # meanwhile others may look, too
        tickets.value = left - 1  # store: is `left` still true?
        print(f'Buyer {buyer} bought a ticket, {left - 1} left')
    else:
        print(f'Buyer {buyer} came too late')
    if locked:
        lock.release()  # wakes a buyer who waits


if __name__ == '__main__':
    tickets = Value('i', TICKETS)  # shared by all processes
    lock = Lock()
    buyers = []
    for n in range(1, BUYERS + 1):
        buyers.append(Process(target=buy, args=(n, tickets, lock, LOCKED, THINK)))
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()
    print(f'The counter says: {tickets.value} left')
