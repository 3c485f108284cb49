from multiprocessing import Pipe, Process


def answer(connection):
    while (question := connection.recv()) is not None:  # Blocked until somebody asks
        connection.send(question * question)


if __name__ == '__main__':
    here, there = Pipe()
    squarer = Process(target=answer, args=(there,), name='Squarer')
    squarer.start()
    for number in (3, 4, 5):
        here.send(number)
        print(number, 'squared is', here.recv())
    here.send(None)
    squarer.join()
