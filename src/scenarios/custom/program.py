from multiprocessing import Process, current_process


def work():
    print(f'Hello from {current_process().name}')


if __name__ == '__main__':
    children = [Process(target=work) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
