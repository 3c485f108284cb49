import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def fetch(page):
    time.sleep(page / 50)  # waits for the network: meanwhile others run
    return f'page {page} has {page * 100} bytes'


with ThreadPoolExecutor(max_workers=2) as pool:
    futures = [pool.submit(fetch, page) for page in (3, 1, 2)]
    for future in as_completed(futures):
        print(future.result())
