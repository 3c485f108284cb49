from multiprocessing import Lock, Process, RLock, Value

KIND = 'Lock'
CLERKS = 2


def deposit(clerk, balance, lock, amount):
    """Puts money into the account."""
    lock.acquire()  # for the second time: an RLock counts 2, a Lock makes its own holder wait
    print(f'Clerk {clerk} deposits {amount}')
    balance.value += amount
    lock.release()


def pay_interest(clerk, balance, lock):
    """Pays ten per cent. Nobody may change the balance between looking at it and paying, so this needs the lock, too."""
    lock.acquire()  # Blocked while another clerk has it
    found = balance.value
    print(f'Clerk {clerk} finds {found}')
    deposit(clerk, balance, lock, found // 10)  # calls a function that takes the same lock
    lock.release()  # an RLock is free when it was released as often as acquired


if __name__ == '__main__':
    balance = Value('i', 100)
    lock = RLock() if KIND == 'RLock' else Lock()
    started = []
    for clerk in range(1, CLERKS + 1):
        process = Process(target=pay_interest, args=(clerk, balance, lock))
        process.start()
        started.append(process)
    for process in started:
        process.join()
    print(f'The balance is {balance.value}')
