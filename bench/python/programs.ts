/** Python programs, each with a beginning that is not measured and a rest that is. */
export interface Program {
  readonly source: string;
  /** Steps of the beginning. */
  readonly before: number;
}

export const linesOf = (rounds: number): Program => ({
  source: `x = 0\nwhile x < ${rounds}:\n    x += 1\n`,
  before: 2,
});

/** Round robin with quantum 1: after each line the other thread has its turn. */
export const switchesOf = (rounds: number): Program => ({
  source: `
from threading import Thread
def count():
    x = 0
    while x < ${rounds}:
        x += 1
threads = [Thread(target=count), Thread(target=count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
`,
  before: 40,
});

export const threadsOf = (count: number): Program => ({
  source: `
from threading import Thread
def nothing():
    pass
for n in range(${count}):
    thread = Thread(target=nothing)
    thread.start()
    thread.join()
`,
  before: 4,
});

/** The second child of a process. */
export const PROCESS: Program = {
  source: `
from multiprocessing import Process
def nothing():
    pass
if __name__ == '__main__':
    for n in range(2):
        child = Process(target=nothing)
        child.start()
        child.join()
`,
  before: 12,
};

const LOOP_ROUNDS = 300_000;
/** Microseconds of a line in a loop of three. */
export const LOOP = `
import time
def loop():
    x = y = 0
    while x < ${LOOP_ROUNDS}:
        x += 1
        y = x
begin = time.perf_counter()
loop()
result = (time.perf_counter() - begin) * 1e6 / (3 * ${LOOP_ROUNDS})
`;

/** The same in the engine, in code of which nothing is shown: a library's. */
export const HIDDEN_LOOP = `space = {}
exec(compile(${JSON.stringify(LOOP)}, '<library>', 'exec'), space)
print(space['result'])
`;
