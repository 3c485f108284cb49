/** What an example does, as far as the program determines it: the same under every Python. */
export interface Expected {
  /** What is typed, line by line, before the end of the input. */
  readonly typed?: readonly string[];
  /** It never ends: everybody waits for somebody. */
  readonly deadlock?: true;
  /** How many threads and processes end by a division by zero; nothing else is complained of. */
  readonly divisions?: number;
  readonly stdout: string;
  /** What was printed, as `stdout` has it: without what the program leaves to chance. */
  readonly settled?: (printed: string) => string;
}

/** With these lines in alphabetical order: whoever is faster prints first. */
function sorted(printed: string, from = 0, to = Infinity): string {
  const lines = printed.split('\n').slice(0, -1);
  return [...lines.slice(0, from), ...lines.slice(from, to).toSorted(), ...lines.slice(to)]
    .map((line) => `${line}\n`)
    .join('');
}

const lettersOf = (text: string): string => [...text].toSorted().join('');

/** By their English titles. */
export const EXPECTED: Readonly<Record<string, Expected>> = {
  'Processes: start and join': {
    stdout: `Cook-fish cooks fish in process #
Cook-rice cooks rice in process #
Cook-soup cooks soup in process #
exit codes: [0, 0, 0]
`,
    settled: (printed) => sorted(printed.replaceAll(/in process \d+$/gm, 'in process #'), 0, 3),
  },
  'Threads: one list for all': {
    stdout: `Thread-1 (visit) saw lake
Thread-2 (visit) saw tower
Thread-3 (visit) saw bridge
all of them together: ['bridge', 'lake', 'tower']
`,
    settled: (printed) => sorted(printed, 0, 3),
  },
  'A lost update: two threads, one counter': {
    stdout: 'counted 10 times, the counter says from 2 to 10\n',
    settled: (printed) => printed.replace(/says (?:[2-9]|10)$/m, 'says from 2 to 10'),
  },
  'A lock: selling tickets': {
    stdout: `${[5, 4, 3, 2, 1, 0].map((left) => `Somebody sells one, ${left} left\n`).join('')}sold out\n`,
    settled: (printed) => printed.replaceAll(/^(?:North|South) /gm, 'Somebody '),
  },
  'A deadlock: one pen, one sheet of paper': { deadlock: true, stdout: 'two writers, one pen, one sheet of paper\n' },
  'A semaphore: two parking places': {
    stdout: [1, 2, 3, 4].map((car) => `car ${car} leaves\ncar ${car} parks\n`).join(''),
    settled: (printed) => sorted(printed),
  },
  'A condition: one plate': {
    stdout: ['rice', 'soup', 'tea'].map((dish) => `on the plate: ${dish}\neaten: ${dish}\n`).join(''),
  },
  'A barrier: start together': {
    stdout: `Runner-1 is on the way
Runner-2 is on the way
Runner-3 is on the way
all are here: go
Runner-1 runs
Runner-2 runs
Runner-3 runs
`,
    settled: (printed) => sorted(sorted(printed, 0, 3), 4, 7),
  },
  'A queue: the bakery': { stdout: [1, 2, 3, 4, 5].map((number) => `eaten: loaf ${number}\n`).join('') },
  'A pipe: question and answer': { stdout: '3 squared is 9\n4 squared is 16\n5 squared is 25\n' },
  'A pool: factors of numbers': {
    stdout: `A worker has done 12
A worker has done 13
A worker has done 14
A worker has done 15
A worker has done 16
A worker has done 17
12 has the factors [1, 2, 3, 4, 6, 12]
13 has the factors [1, 13]
14 has the factors [1, 2, 7, 14]
15 has the factors [1, 3, 5, 15]
16 has the factors [1, 2, 4, 8, 16]
17 has the factors [1, 17]
`,
    settled: (printed) => sorted(printed.replaceAll(/^\w+PoolWorker-[12] has/gm, 'A worker has'), 0, 6),
  },
  'A manager: counting votes': { stdout: "{'coffee': 1, 'tea': 2}\n" },
  'Shared memory: one board': { stdout: 'AAAAAAAA\nBBBBBBBB\nCCCCCCCC\n' },
  'A pool of threads: ThreadPoolExecutor': {
    stdout: [1, 2, 3].map((page) => `page ${page} has ${page}00 bytes\n`).join(''),
    settled: (printed) => sorted(printed),
  },
  'Input: spell while asking': {
    typed: ['lake', 'sea'],
    stdout: `${lettersOf(`${'A word? '.repeat(3)}l a k e \ns e a \n`)}words: 2\n`,
    settled: (printed) => printed.replace(/^[^]*(?=words)/, lettersOf),
  },
  'Exceptions: in a thread, in a process': { divisions: 2, stdout: 'exit code of the child: 1\n' },
};

export function expectedOf(title: string): Expected {
  const expected = EXPECTED[title];
  if (expected === undefined) throw new Error(`Say in examples.fixture.ts what “${title}” prints.`);
  return expected;
}

/** How often a division by zero is complained of, and what else is. */
export function complaintsOf(stderr: string): { divisions: number; silent: boolean } {
  return {
    divisions: stderr.match(/^ZeroDivisionError: division by zero$/gm)?.length ?? 0,
    silent: stderr === '',
  };
}
