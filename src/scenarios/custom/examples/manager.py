from multiprocessing import Manager, Process


def vote(votes, lock, choice):
    with lock:  # without it a vote may get lost between reading and writing
        votes[choice] = votes.get(choice, 0) + 1


if __name__ == '__main__':
    with Manager() as manager:
        votes = manager.dict()
        lock = manager.Lock()
        voters = [Process(target=vote, args=(votes, lock, choice)) for choice in ('tea', 'coffee', 'tea')]
        for voter in voters:
            voter.start()
        for voter in voters:
            voter.join()
        print(dict(sorted(votes.items())))
