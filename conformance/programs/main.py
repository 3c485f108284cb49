"""Runs tests of CPython's own in a process of the engine, and says what became of each, a line of JSON per event.

Child processes import this file too, as `__mp_main__`: what stands outside of `main` holds for them as well.
"""

import sys

# Lines of these files are no steps of the learner's.
FOLDER = '/tmp/conformance'
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

# What the first process has compiled its children need not.
sys.dont_write_bytecode = False


def main():
    import json

    with open('task.json') as file:
        task = json.load(file)
    with open('prelude.py') as file:
        lay({**task['files'], 'test/__init__.py': file.read()})
    import events

    if task['tests'] is None:
        events.tell_names(task['modules'])
    else:
        events.run(task['modules'], set(task['tests']))


def lay(files):
    import os

    for path, source in files.items():
        path = f'{FOLDER}/{path}'
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(source)
    # Where tests put their own files.
    os.makedirs(f'{FOLDER}/work', exist_ok=True)
    os.chdir(f'{FOLDER}/work')


if __name__ == '__main__':
    main()
