import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '队列是空的，C1 和 C2 先后调用 get()。C1 等在管道前，C2 等在哪里？',
      en: 'The queue is empty. C1 calls get(), then C2. C1 waits at the pipe. Where does C2 wait?',
    },
    choices: [
      { zh: '也等在管道前', en: 'At the pipe as well' },
      { zh: '等读锁，锁在 C1 手里', en: 'At the read lock, which C1 has' },
      { zh: '不等，get() 返回 None', en: 'Nowhere: get() returns None' },
    ],
    answer: 1,
    because: {
      zh: 'get 先拿读锁，再读管道，免得一条消息被两个人撕开。C1 拿着读锁等消息，C2 只好等锁。',
      en: 'get takes the read lock before it reads the pipe, so that no two tear a message apart. C1 has it while it waits, and C2 waits for the lock.',
    },
  },
  {
    prompt: {
      zh: '队列容量是 2，里面已经有 2 个，消费者都在忙。生产者再 put 一个，会怎样？',
      en: 'The queue has room for 2, and holds 2; the consumers are busy. What does the next put do?',
    },
    choices: [
      { zh: '抛出 queue.Full', en: 'It raises queue.Full' },
      { zh: '阻塞，等到有人取走一个', en: 'It blocks until somebody has taken one' },
      { zh: '挤掉最早放进去的那个', en: 'It pushes out the oldest' },
    ],
    answer: 1,
    because: {
      zh: '空位由信号量 slots 数着，减到 0，put 就在它那里阻塞。写了 timeout 或 block=False，才会抛 Full。',
      en: 'A semaphore, slots, counts the free places. At 0, put blocks there. Only with a timeout or block=False is it Full.',
    },
  },
];
