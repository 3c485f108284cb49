from multiprocessing import Process
from multiprocessing.shared_memory import SharedMemory


def paint(name, row):
    board = SharedMemory(name=name)  # the same bytes, in another process
    board.buf[row * 8 : row * 8 + 8] = bytes([ord('A') + row] * 8)
    board.close()


if __name__ == '__main__':
    board = SharedMemory(create=True, size=24)
    painters = [Process(target=paint, args=(board.name, row)) for row in range(3)]
    for painter in painters:
        painter.start()
    for painter in painters:
        painter.join()
    for row in range(3):
        print(bytes(board.buf[row * 8 : row * 8 + 8]).decode())
    board.close()
    board.unlink()
