import time
from threading import Thread

DAEMON = True
JOIN = False


def repeat(what, rounds):
    """What both threads do: `save` must come to its end, `show` only shows that something is going on."""
    for n in range(1, rounds + 1):
        time.sleep(0.2)
        print(f'{what} {n}')
    print(f'{what} has ended')


if __name__ == '__main__':
    save = Thread(target=repeat, args=('save', 3), name='save')
    show = Thread(target=repeat, args=('show', 8), name='show', daemon=DAEMON)
    save.start()
    show.start()
    if JOIN:
        save.join()  # Blocked until save has ended
    print('The main thread has ended')
