import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '职员 1（P2）拿着普通锁，又调用 deposit，里面第一句是 lock.acquire()。会怎样？',
      en: 'Clerk 1 (P2) holds a plain lock and calls deposit, which begins with lock.acquire(). What happens?',
    },
    choices: [
      { zh: '锁本来就是它的，直接通过', en: 'It has the lock already, so it passes' },
      { zh: '抛出异常，说锁已经拿着了', en: 'An exception says that it has it already' },
      { zh: '它阻塞，等自己来释放，永远等下去', en: 'It blocks and waits for itself, for ever' },
    ],
    answer: 2,
    because: {
      zh: '普通锁不记得是谁拿的，只知道“有人拿着”。能释放它的是 P2，而 P2 正在等：等待图里的环只有一个进程。',
      en: 'A plain lock does not ask who has it, only whether somebody has. P2 alone would release it, and P2 waits: a cycle of one.',
    },
  },
  {
    prompt: {
      zh: '换成 RLock。职员 1 拿了两次锁，刚从 deposit 出来，释放了一次。等锁的职员 2 现在能进来吗？',
      en: 'Now an RLock. Clerk 1 has taken it twice and released it once, at the end of deposit. May clerk 2, who waits, come in?',
    },
    choices: [
      { zh: '能，锁已经释放了', en: 'Yes, it was released' },
      { zh: '不能，要等职员 1 再释放一次', en: 'No, clerk 1 has to release it once more' },
    ],
    answer: 1,
    because: {
      zh: '递归锁记着次数：拿两次记 2，释放一次剩 1，减到 0 才算真正放开。把“锁的种类”换成 RLock 看看。',
      en: 'A recursive lock counts: 2 after two acquires, 1 after one release, and only at 0 is it free. Choose RLock, and look.',
    },
  },
];
