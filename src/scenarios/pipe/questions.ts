import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: 'recv 先读 4 个字节的长度，再按长度读正文。两个读者没有锁，R1 刚读了长度就失去 CPU，R2 来读。R2 得到什么？',
      en: 'recv reads four bytes, the length, and then so many more. R1 has read a length and loses the CPU, and R2 comes to read. What does R2 get?',
    },
    choices: [
      { zh: '下一条消息', en: 'The next message' },
      { zh: '同一条消息的又一份', en: 'The same message once more' },
      { zh: '半条消息，被当成了长度', en: 'A piece of the message, which it takes for a length' },
    ],
    answer: 2,
    because: {
      zh: '管道里是一串字节，没有“条”，读走的就没有了。R2 从正文中间读起，把正文的头 4 个字节当成长度；R1 也凑不齐自己的那一条。',
      en: 'In a pipe there are bytes, no messages, and what was read is gone. R2 takes the first four bytes of the rest for a length, and R1 will miss them.',
    },
  },
  {
    prompt: {
      zh: '只有一个读者，它没有关掉自己手里的写端。父进程写完了，也关了写端。读者读完全部消息后再 recv，会怎样？',
      en: 'One reader, which keeps its own copy of the write end open. The parent has sent all, and closed. What does the reader’s next recv do?',
    },
    choices: [
      { zh: '抛出 EOFError', en: 'It raises EOFError' },
      { zh: '永远阻塞', en: 'It blocks for ever' },
      { zh: '返回 None', en: 'It returns None' },
    ],
    answer: 1,
    because: {
      zh: '只要还有一个写端开着，就可能有人再写，recv 只能等。那个写端在它自己手里：它在等自己。把读者改成 1，关掉“读者关掉写端”看看。',
      en: 'While one write end is open somebody may still write, so recv waits. And the one that has it is the reader itself. Take one reader, let it close nothing, and see.',
    },
  },
];
