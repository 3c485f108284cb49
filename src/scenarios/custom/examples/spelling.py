from threading import Thread


def spell(word):
    for letter in word:
        print(letter, end=' ')
    print()


if __name__ == '__main__':
    threads = []
    while True:
        try:
            word = input('A word? ')  # Blocked until you type one, below the output
        except EOFError:  # End of input, as after Ctrl+D
            break
        thread = Thread(target=spell, args=(word,))
        thread.start()  # it spells while you are asked for the next
        threads.append(thread)
    for thread in threads:
        thread.join()
    print('words:', len(threads))
