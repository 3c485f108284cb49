import type { Scenario, Text } from '../scenario.ts';

const NAME_LENGTH = 20;

/** Control characters and halves of a surrogate pair would garble the output. */
function nameProblem(name: string): Text | null {
  if (name.trim() === '') return { zh: '不能为空，例如 Alice', en: 'it must not be empty; for example, Alice' };
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)
    ? { zh: '不能含有换行等控制字符', en: 'it must not hold line breaks or other control characters' }
    : null;
}

export const helloProcess: Scenario = {
  id: 'hello-process',
  title: { zh: '开启子进程', en: 'Starting a child process' },
  summary: {
    zh: '父进程开启一个子进程，然后睡一会儿：看谁先打印，两个 pid 各是多少。',
    en: 'A parent starts a child and sleeps for a while: see who prints first, and under which pid.',
  },
  parameters: {
    name: {
      kind: 'text',
      label: { zh: '向谁问好', en: 'Name to greet' },
      default: 'Alice',
      maxLength: NAME_LENGTH,
      check: nameProblem,
    },
    pause: {
      kind: 'integer',
      label: { zh: '父进程睡多久（1/100 秒）', en: 'Parent sleeps (1/100 s)' },
      min: 0,
      max: 500,
      default: 20,
    },
    join: { kind: 'boolean', label: { zh: '父进程调用 join', en: 'Parent calls join' }, default: false },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 10 },
  workers: null,
  stepBy: 'line',
  launcher: false,
};
