from multiprocessing import Pool, current_process


def factors(number):
    found = [n for n in range(1, number + 1) if number % n == 0]
    print(f'{current_process().name} has done {number}')
    return found


if __name__ == '__main__':
    numbers = [12, 13, 14, 15, 16, 17]
    with Pool(2) as pool:
        results = pool.map(factors, numbers, chunksize=1)
    for number, found in zip(numbers, results):
        print(number, 'has the factors', found)
