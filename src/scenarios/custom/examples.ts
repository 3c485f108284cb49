import type { Text } from '../scenario.ts';
import bakery from './examples/bakery.py?raw';
import barrier from './examples/barrier.py?raw';
import condition from './examples/condition.py?raw';
import deadlock from './examples/deadlock.py?raw';
import exceptions from './examples/exceptions.py?raw';
import lock from './examples/lock.py?raw';
import lostUpdate from './examples/lost_update.py?raw';
import manager from './examples/manager.py?raw';
import pipe from './examples/pipe.py?raw';
import pool from './examples/pool.py?raw';
import processes from './examples/processes.py?raw';
import semaphore from './examples/semaphore.py?raw';
import sharedMemory from './examples/shared_memory.py?raw';
import spelling from './examples/spelling.py?raw';
import threadPool from './examples/thread_pool.py?raw';
import threads from './examples/threads.py?raw';

/** A program to start from. */
export interface Example {
  readonly title: Text;
  readonly source: string;
}

/** In the order of the menu: what starts, what goes wrong, what helps, what others have built on it. */
export const EXAMPLES: readonly Example[] = [
  { title: { zh: '进程：启动与等待', en: 'Processes: start and join' }, source: processes },
  { title: { zh: '线程：共用一个列表', en: 'Threads: one list for all' }, source: threads },
  { title: { zh: '丢失更新：两个线程一个计数器', en: 'A lost update: two threads, one counter' }, source: lostUpdate },
  { title: { zh: '锁：卖票', en: 'A lock: selling tickets' }, source: lock },
  { title: { zh: '死锁：一支笔一张纸', en: 'A deadlock: one pen, one sheet of paper' }, source: deadlock },
  { title: { zh: '信号量：两个车位', en: 'A semaphore: two parking places' }, source: semaphore },
  { title: { zh: '条件变量：一个盘子', en: 'A condition: one plate' }, source: condition },
  { title: { zh: '栅栏：一起起跑', en: 'A barrier: start together' }, source: barrier },
  { title: { zh: '队列：面包房', en: 'A queue: the bakery' }, source: bakery },
  { title: { zh: '管道：一问一答', en: 'A pipe: question and answer' }, source: pipe },
  { title: { zh: '进程池：分解因数', en: 'A pool: factors of numbers' }, source: pool },
  { title: { zh: '管理器：计票', en: 'A manager: counting votes' }, source: manager },
  { title: { zh: '共享内存：同一块画板', en: 'Shared memory: one board' }, source: sharedMemory },
  { title: { zh: '线程池：ThreadPoolExecutor', en: 'A pool of threads: ThreadPoolExecutor' }, source: threadPool },
  { title: { zh: '输入：一边问，一边拼', en: 'Input: spell while asking' }, source: spelling },
  { title: { zh: '异常：线程里的与进程里的', en: 'Exceptions: in a thread, in a process' }, source: exceptions },
];
