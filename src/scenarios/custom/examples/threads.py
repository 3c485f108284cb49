import threading
import time

seen = []  # one list for all threads of the process


def visit(place):
    time.sleep(0.05)  # lets the others run
    seen.append(place)
    print(f'{threading.current_thread().name} saw {place}')


visitors = [threading.Thread(target=visit, args=(place,)) for place in ('lake', 'tower', 'bridge')]
for visitor in visitors:
    visitor.start()
for visitor in visitors:
    visitor.join()
print('all of them together:', sorted(seen))
