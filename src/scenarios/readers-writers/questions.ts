import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '读者 R1 正在读，写者 W1 来了，只好等着。接着又来了读者 R2。R2 会怎样？',
      en: 'Reader R1 is reading. Writer W1 comes, and has to wait. Then reader R2 comes. What becomes of R2?',
    },
    choices: [
      { zh: '排在 W1 后面等', en: 'It waits behind W1' },
      { zh: '直接进去，和 R1 一起读', en: 'It goes in and reads together with R1' },
      { zh: '等 R1 读完再进去', en: 'It waits until R1 has finished' },
    ],
    answer: 1,
    because: {
      zh: '房间的锁已经由第一个读者替大家拿着，后来的读者只把人数加一，根本不去碰那把锁。',
      en: 'The first reader has the lock of the room for all of them. A later one only counts itself in, and never touches that lock.',
    },
  },
  {
    prompt: {
      zh: '三个读者陆续来，写者第二个到。写者第几个进房间？',
      en: 'Three readers come one after another; the writer comes second of all. When does it get into the room?',
    },
    choices: [
      { zh: '第二个', en: 'Second' },
      { zh: '第三个', en: 'Third' },
      { zh: '最后一个', en: 'Last' },
    ],
    answer: 2,
    because: {
      zh: '前一个读者还没走，后一个已经来了，房间一直不空。读者若永远不断，写者就永远进不去：饥饿。',
      en: 'Each reader comes before the last one has gone, so the room is never empty. If readers never stopped coming, the writer would never get in: starvation.',
    },
  },
];
