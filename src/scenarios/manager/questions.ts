import type { Question } from '../scenario.ts';

export const questions: readonly Question[] = [
  {
    prompt: {
      zh: '字典在服务器进程里，n 是 100。两个进程不加锁，各执行三次 data.n -= 1。最后 n 是多少？',
      en: 'The server keeps a dict, in which n is 100. Two processes execute data.n -= 1 three times each, without a lock. What is n in the end?',
    },
    choices: [
      { zh: '94：服务器一次只执行一个请求', en: '94: the server executes one request at a time' },
      { zh: '大于 94：有的减法丢了', en: 'More than 94: some subtractions are lost' },
      { zh: '97：每个进程减的是自己的那一份', en: '97: each process has a dict of its own' },
    ],
    answer: 1,
    because: {
      zh: '一次 -= 是两个请求：读、写。请求是一个一个执行的，可是读与写之间可以夹着别人的写，手里的数就旧了。',
      en: 'One -= is two requests, get and set. They are executed one at a time, but between the two another’s set may come, and the number in hand is old.',
    },
  },
  {
    prompt: {
      zh: '两个进程又各执行一次 done.append(…)，也没有锁。列表里会少一项吗？',
      en: 'Both also execute done.append(…) once, without a lock. Can one of the two items be lost?',
    },
    choices: [
      { zh: '会，和 n 一样', en: 'Yes, as with n' },
      { zh: '不会，append 只是一个请求', en: 'No, append is one request' },
      { zh: '不会，每个进程有自己的列表', en: 'No, each process has a list of its own' },
    ],
    answer: 1,
    because: {
      zh: '读和写都在服务器里，在同一个请求之内完成，中间插不进别人。所以能用一个方法做完的事，就不要拆成两个。',
      en: 'The whole change is made by the server within one request, and nobody comes between. What one method can do is better not done by two.',
    },
  },
];
