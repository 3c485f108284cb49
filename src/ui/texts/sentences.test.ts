import { describe, expect, it } from 'vitest';
import { ObjectKind, PartRole } from '../../abi/objects.ts';
import {
  BlockReason,
  EndCause,
  header,
  InputKind,
  Kind,
  Operation,
  Outcome,
  PreemptCause,
  ReadyCause,
  RunEnd,
  Stream,
  VariableChange,
} from '../../abi/record.ts';
import { ThreadKind } from '../../abi/slot.ts';
import { highHalf, lowHalf } from '../../abi/words.ts';
import { asObjectId, asTid } from '../../base/ids.ts';
import { describe as describeRecord } from '../../replay/describe.ts';
import { explain } from '../../replay/explain.ts';
import { LogStore } from '../../replay/log-store.ts';
import { Replay } from '../../replay/replay.ts';
import type { Language } from '../state/lab.ts';
import { sayEvent } from './event-sentences.ts';
import { waitedForWords } from './machine-words.ts';
import { sayDeadlock, sayExplanation } from './sentences.ts';
import { translator } from './translate.ts';

type Words = readonly [
  kind: number,
  aux: number,
  cpu: number,
  tick: number,
  tid: number,
  object: number,
  a?: number,
  b?: number,
  c?: number,
];

const LOCK_A = 10;
const LOCK_B = 11;
const FLAG = 12;
const ROOMS = 13;

/** Three processes, two locks and an event, then whatever the test adds. */
function story(...groups: readonly Words[][]) {
  const log = new LogStore();
  const add = ([kind, aux, cpu, tick, tid, object, a = 0, b = 0, c = 0]: Words): void =>
    log.append(header(kind, aux, cpu), tick, tid, object, a, b, c);
  for (const tid of [1, 2, 3])
    add([Kind.CREATED, 0, -1, 0, tid, tid, tid, log.appendText(`P${tid}`), tid === 1 ? 0 : 1]);
  add([Kind.OBJECT, ObjectKind.LOCK, -1, 0, 1, LOCK_A, log.appendText('tickets_lock'), 0]);
  add([Kind.OBJECT, ObjectKind.LOCK, -1, 0, 1, LOCK_B, 0, 0]);
  add([Kind.OBJECT, ObjectKind.EVENT, -1, 0, 1, FLAG, log.appendText('green'), 0]);
  for (const record of groups.flat()) add(record);
  const replay = new Replay(log);
  replay.extend();
  const why = (tid: number, lang: Language) => {
    const machine = replay.at(log.count);
    const explanation = explain(replay, log.count, asTid(tid));
    return explanation === null ? null : sayExplanation(explanation, machine, lang);
  };
  return { log, replay, why, last: (lang: Language) => sayEvent(describeRecord(replay, log.count - 1), lang) };
}

const ready = (tid: number, tick: number): Words => [Kind.READY, ReadyCause.CREATED, -1, tick, tid, 0, 0, tid, 0];
const dispatched = (tid: number, tick: number): Words => [Kind.DISPATCHED, 0, 0, tick, tid, 0, 2, 0, tick];
const line = (tid: number, tick: number, at: number): Words => [Kind.LINE, 0, 0, tick, tid, 0, at, tick + 1];
const takes = (tid: number, tick: number, lock: number): Words => [
  Kind.DONE,
  Operation.ACQUIRE,
  0,
  tick,
  tid,
  lock,
  Outcome.OK,
];
const blocked = (tid: number, tick: number, reason: number, object: number, until = -1, at = 9): Words => [
  Kind.BLOCKED,
  reason,
  0,
  tick,
  tid,
  object,
  until,
  at,
];

describe('why a thread is where it is', () => {
  it('Blocked at a lock: object, holder, place in the queue, who will wake it, line', () => {
    const { why } = story(
      [ready(1, 0), dispatched(1, 0), line(1, 0, 5), takes(1, 0, LOCK_A)],
      [ready(3, 1), dispatched(3, 1), line(3, 1, 9), blocked(3, 1, BlockReason.LOCK, LOCK_A)],
      [ready(2, 12), dispatched(2, 12), line(2, 12, 9), blocked(2, 12, BlockReason.LOCK, LOCK_A)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 13 (line 9): it wants lock “tickets_lock”, held by P1; it is 2nd in the queue; P1’s release will wake it.',
    );
    expect(why(2, 'zh')).toBe(
      'P2 自时刻 13 起（第 9 行）处于阻塞（Blocked）状态：它想获得锁“tickets_lock”，而它由 P1 持有；它排在第 2 位；P1 释放时会唤醒它。',
    );
  });

  it('Blocked in sleep, at an event, in a join', () => {
    const { why } = story(
      [ready(1, 0), dispatched(1, 0), line(1, 0, 4), blocked(1, 0, BlockReason.SLEEP, 0, 50, 4)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 7), blocked(2, 1, BlockReason.EVENT, FLAG, -1, 7)],
      [ready(3, 2), dispatched(3, 2), line(3, 2, 8), blocked(3, 2, BlockReason.JOIN, 2, -1, 8)],
    );
    expect(why(1, 'en')).toBe(
      'P1 has been Blocked since tick 1 (line 4): it sleeps until tick 50; the clock will wake it.',
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 7): it waits until event “green” is set; whoever calls set wakes all that wait; it can be woken by P1.',
    );
    expect(why(3, 'en')).toBe(
      'P3 has been Blocked since tick 3 (line 8): it waits for the end of P2, which is Blocked.',
    );
  });

  it('Blocked at a recursive lock: how often it was taken, and that only the last release frees it', () => {
    const rlock: Words = [Kind.OBJECT, ObjectKind.RLOCK, -1, 0, 1, ROOMS, 0, 0];
    const take = (depth: number): Words => [Kind.DONE, Operation.ACQUIRE, 0, 0, 1, ROOMS, Outcome.OK, depth];
    const { why } = story(
      [rlock, ready(1, 0), dispatched(1, 0), line(1, 0, 5), take(1), take(2)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 9), blocked(2, 1, BlockReason.LOCK, ROOMS)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 9): it wants RLock 1, held by P1, which has taken it 2 times; P1’s last release will wake it.',
    );
    expect(why(2, 'zh')).toContain('它想获得递归锁 1，而它由 P1 持有，已获取 2 次；P1 最后一次释放时会唤醒它。');
  });

  it('Blocked at a semaphore: its counter, the place in the queue, who can release', () => {
    const rooms: Words = [Kind.OBJECT, ObjectKind.SEMAPHORE, -1, 0, 1, ROOMS, 0, 0];
    const { why, last } = story(
      [rooms, ready(1, 0), dispatched(1, 0), line(1, 0, 5)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 9), blocked(2, 1, BlockReason.SEMAPHORE, ROOMS)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 9): it waits for a place in semaphore 1, whose counter is 0; a release wakes who has waited longest; it can be woken by P1 and P3.',
    );
    expect(why(2, 'zh')).toContain('它在等信号量 1 的一个名额，计数器为 0；每次 release 唤醒等得最久的一个');
    expect(last('en')).toBe('P2: Running → Blocked. It waits for a place in semaphore 1: the counter is 0.');
  });

  it('Blocked at a queue: that it is empty or full, not what happens to its parts', () => {
    const queue: Words[] = [
      [Kind.OBJECT, ObjectKind.QUEUE, -1, 0, 1, ROOMS, 0, 0],
      [Kind.OBJECT, ObjectKind.PIPE, -1, 0, 1, 14, 0, 0],
      [Kind.OBJECT, ObjectKind.LOCK, -1, 0, 1, 15, 0, 0],
      [Kind.OBJECT, ObjectKind.SEMAPHORE, -1, 0, 1, 16, 0, 0],
      [Kind.PART, PartRole.PIPE, -1, 0, 1, 14, ROOMS],
      [Kind.PART, PartRole.READ_LOCK, -1, 0, 1, 15, ROOMS],
      [Kind.PART, PartRole.SLOTS, -1, 0, 1, 16, ROOMS],
      ...[1, 2, 3].map((pid): Words => [Kind.PIPE_END, 1, -1, 0, pid, 14, 1, pid, pid]),
    ];
    const { why, last } = story(
      [...queue, ready(1, 0), dispatched(1, 0), line(1, 0, 5), takes(3, 0, 15)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 9), blocked(2, 1, BlockReason.PIPE_EMPTY, 14)],
      [ready(3, 1), dispatched(3, 1), line(3, 1, 9), blocked(3, 1, BlockReason.SEMAPHORE, 16)],
      [ready(1, 1), dispatched(1, 1), line(1, 1, 9), blocked(1, 1, BlockReason.LOCK, 15)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 9): it waits for an item, and queue 1 is empty; the write end is open in P1, P2 and P3; nobody else who has it can go on, so it waits for ever.',
    );
    expect(why(3, 'en')).toMatch(/it waits for a free place, and queue 1 is full; a release wakes who has waited/);
    expect(why(1, 'en')).toContain('it wants the read lock of queue 1, held by P3');
    expect(why(2, 'zh')).toContain('它在等一项数据，而队列 1 是空的；写端在 P1、P2 和 P3 中打开着');
    expect(why(1, 'zh')).toContain('它想获得队列 1 的读锁，而它由 P3 持有');
    expect(last('en')).toBe('P1: Running → Blocked. It wants the read lock of queue 1, which is taken.');
  });

  it('Blocked at a manager: a client waits for the answer, the server for a request; what it does is at no line', () => {
    const manager: Words[] = [
      [Kind.OBJECT, ObjectKind.MANAGER, -1, 0, 1, ROOMS, 0, 0],
      [Kind.OBJECT, ObjectKind.PIPE, -1, 0, 1, 14, 0, 0],
      [Kind.OBJECT, ObjectKind.PIPE, -1, 0, 1, 15, 0, 0],
      [Kind.PART, PartRole.PIPE, -1, 0, 1, 14, ROOMS],
      [Kind.PART, PartRole.SERVER, -1, 0, 1, 2, ROOMS],
      [Kind.PART, PartRole.PIPE, -1, 0, 1, 15, ROOMS],
      [Kind.PIPE_END, 1, -1, 0, 2, 15, 1, 2, 1],
    ];
    const client = [ready(1, 0), dispatched(1, 0), line(1, 0, 9), blocked(1, 0, BlockReason.PIPE_EMPTY, 15)];
    const server = [ready(2, 1), dispatched(2, 1), line(2, 1, 0)];
    const asked = story(manager, client);
    expect(asked.why(1, 'en')).toBe(
      'P1 has been Blocked since tick 1 (line 9): it has asked P2, the server of manager 1, and waits for the answer.',
    );
    expect(asked.why(1, 'zh')).toContain('它向管理器 1 的服务器进程 P2 发出了请求，在等答复。');
    expect(asked.last('en')).toBe('P1: Running → Blocked. It waits for the server’s answer.');
    expect(story(manager, client, server).last('zh')).toBe('P2 在库的内部执行一步。');
    const { why, last } = story(manager, client, server, [blocked(2, 1, BlockReason.POLL, 14)]);
    expect(why(2, 'en')).toContain('it serves manager 1, and waits for a request');
    expect(last('zh')).toBe('P2：运行 → 阻塞。服务器进程在等请求。');
  });

  it('Blocked at a condition: who can notify, and which lock it must take again', () => {
    const condition: Words = [Kind.OBJECT, ObjectKind.CONDITION, -1, 0, 1, ROOMS, 0, LOCK_A];
    const { why, last } = story(
      [condition, ready(1, 0), dispatched(1, 0), line(1, 0, 5)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 9), blocked(2, 1, BlockReason.CONDITION, ROOMS)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 9): it waits until condition 1 is notified; notify wakes who has waited longest, notifyAll wakes all; it can be woken by P1 and P3; before it goes on it must take lock “tickets_lock” again.',
    );
    expect(why(2, 'zh')).toContain('继续之前，它必须重新获得锁“tickets_lock”。');
    expect(last('en')).toContain('It has given the lock back and waits until condition 1 is notified.');
  });

  it('Blocked at a barrier: how many have arrived, of how many', () => {
    const barrier: Words = [Kind.OBJECT, ObjectKind.BARRIER, -1, 0, 1, ROOMS, 0, 0, 3];
    const arrives: Words = [Kind.DONE, Operation.ARRIVE, 0, 1, 2, ROOMS, Outcome.OK, 1];
    const { why, last } = story(
      [barrier, ready(1, 0), dispatched(1, 0), line(1, 0, 5)],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 9), arrives, blocked(2, 1, BlockReason.BARRIER, ROOMS)],
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Blocked since tick 2 (line 9): it waits at barrier 1, where 1 of 3 have arrived; the last to arrive wakes all; it can be woken by P1 and P3.',
    );
    expect(why(2, 'zh')).toContain('它在栅栏 1 处等待，已到达 1 个，共需 3 个；最后到达者唤醒全部');
    expect(last('en')).toBe('P2: Running → Blocked. It waits at barrier 1 until all have arrived.');
  });

  it('Blocked at a lock whose holder has ended: anybody else may release it, but a recursive one only its holder', () => {
    const ended = (lock: number) => [
      [
        ready(1, 0),
        dispatched(1, 0),
        line(1, 0, 5),
        [Kind.DONE, Operation.ACQUIRE, 0, 0, 1, lock, Outcome.OK, 1] as const,
      ],
      [[Kind.TERMINATED, EndCause.RETURNED, 0, 1, 1, 1, 0, 0] as const],
      [ready(2, 2), dispatched(2, 2), line(2, 2, 9), blocked(2, 2, BlockReason.LOCK, lock)],
    ];
    const { why } = story(...ended(LOCK_A));
    expect(why(2, 'en')).toMatch(
      /which has ended without releasing it; anybody else may release it, which will wake it/,
    );
    expect(why(2, 'en')).not.toContain('P1’s release');
    const recursive: Words = [Kind.OBJECT, ObjectKind.RLOCK, -1, 0, 1, ROOMS, 0, 0];
    expect(story([recursive], ...ended(ROOMS)).why(2, 'en')).toMatch(/which has ended without releasing it\.$/);
  });

  it('woken by nobody in the program: by an input, not by the clock', () => {
    const { why, last } = story(
      [ready(2, 0), dispatched(2, 0), line(2, 0, 9), blocked(2, 0, BlockReason.LOCK, LOCK_A)],
      [[Kind.WOKEN, 0, -1, 1, 2, LOCK_A, 0]],
    );
    expect(last('en')).toBe('From outside, P2 is woken (lock “tickets_lock”): Ready from the next tick.');
    expect(last('zh')).toBe('外部输入唤醒 P2（锁“tickets_lock”）：下一时刻就绪。');
    expect(why(2, 'en')).toContain('an input from outside has just woken it');
  });

  it('Ready, Running, New and Terminated', () => {
    const { why } = story(
      [ready(1, 0), ready(2, 0), dispatched(1, 0), line(1, 0, 5)],
      [[Kind.PREEMPTED, PreemptCause.QUANTUM, 0, 2, 1, 0, 2, 9]],
      [dispatched(2, 2), line(2, 2, 6)],
    );
    expect(why(1, 'en')).toBe(
      'P1 has been Ready since tick 2 (out of quantum): it could run, and waits for a CPU. It is 1st in the queue. P2 has the CPU.',
    );
    expect(why(2, 'en')).toBe(
      'P2 has been Running on CPU 0 since tick 2, at line 6. It may run for 2 ticks from tick 2 on.',
    );
    expect(why(3, 'en')).toBe('P3 is New since tick 0: P1 has created it, and it has not arrived yet.');
    expect(story([ready(1, 0), dispatched(1, 0), line(1, 0, 5)]).why(3, 'en')).toBe(
      'P3 is New since tick 0: P1 has created it, and it becomes Ready at the start of the next tick.',
    );
    const over = story([
      ready(1, 0),
      dispatched(1, 0),
      line(1, 0, 5),
      [Kind.TERMINATED, EndCause.RAISED, 0, 0, 1, 1, 1, 0],
    ]);
    expect(over.why(1, 'en')).toBe('P1 has been Terminated since tick 1: ended by an exception, exit code 1.');
  });

  it('a deadlock names every lock and every holder', () => {
    const { why, replay, log } = story(
      [ready(1, 0), dispatched(1, 0), line(1, 0, 5), takes(1, 0, LOCK_A)],
      [[Kind.PREEMPTED, PreemptCause.QUANTUM, 0, 1, 1, 0, 2, 9]],
      [ready(2, 1), dispatched(2, 1), line(2, 1, 6), takes(2, 1, LOCK_B)],
      [line(2, 2, 7), blocked(2, 2, BlockReason.LOCK, LOCK_A)],
      [dispatched(1, 3), line(1, 3, 6), blocked(1, 3, BlockReason.LOCK, LOCK_B)],
      [
        [Kind.TERMINATED, EndCause.RETURNED, -1, 3, 3, 3, 0, 0],
        [Kind.END, RunEnd.DEADLOCK, -1, 4, 0, 0, 0],
      ],
    );
    const circle = 'P1 waits for lock 2, held by P2; P2 waits for lock “tickets_lock”, held by P1';
    expect(sayDeadlock(replay.at(log.count), 'en')).toBe(
      `Deadlock: nobody can run any more, and nobody is left who could wake the waiting. They wait in a circle: ${circle}.`,
    );
    expect(why(1, 'en')).toContain(circle);
    expect(sayDeadlock(replay.at(log.count), 'zh')).toContain('P2 等待锁“tickets_lock”，而它由 P1 持有');
  });
});

describe('who has no parent in the log', () => {
  const alone = (name: string, lang: Language) => {
    const log = new LogStore();
    log.append(header(Kind.CREATED, 0, -1), 0, 1, 1, 1, log.appendText(name), 0);
    const replay = new Replay(log);
    replay.extend();
    const explanation = explain(replay, log.count, asTid(1));
    const why = explanation === null ? '' : sayExplanation(explanation, replay.at(log.count), lang);
    return [why, sayEvent(describeRecord(replay, 0), lang)];
  };

  it('is the main process, with which the run begins', () => {
    const [why, event] = alone('MainProcess', 'en');
    expect(why).toMatch(/the run begins with it, and it becomes Ready at the start of the next tick/);
    expect(event).toMatch(/the main process, is created/);
    expect(alone('MainProcess', 'zh')[0]).toContain('运行由它开始');
  });

  it('or a job that has not arrived yet, of which no tick is promised', () => {
    const [why, event] = alone('P0', 'en');
    expect(why).toBe('P0 is New: it has not arrived yet, and becomes Ready when it does.');
    expect(event).toBe('P0 is created: New.');
    expect(alone('P0', 'zh')[0]).toBe('P0 处于新建（New）状态：它还没有到达，到达时进入就绪。');
  });
});

describe('what a record says', () => {
  const double = [lowHalf(2.5), highHalf(2.5)] as const;
  it.each<[Words, string]>([
    [ready(1, 0), 'P1: New → Ready. The scheduler knows it now.'],
    [dispatched(1, 0), 'P1: Ready → Running on CPU 0, for 2 ticks at most.'],
    [[Kind.DISPATCHED, 0, 1, 0, 1, 0, 0], 'P1: Ready → Running on CPU 1.'],
    [[Kind.PREEMPTED, PreemptCause.PRIORITY, 0, 0, 1, 0, 2], 'P1: Running → Ready. P2 is more urgent.'],
    [blocked(1, 0, BlockReason.LOCK, LOCK_A), 'P1: Running → Blocked. It wants lock “tickets_lock”, which is taken.'],
    [blocked(1, 0, BlockReason.JOIN, 3), 'P1: Running → Blocked. It waits for the end of P3.'],
    [blocked(1, 0, BlockReason.SLEEP, 0, 50), 'P1: Running → Blocked. It sleeps until tick 50.'],
    [[Kind.WOKEN, 0, -1, 0, 1, LOCK_A, 2], 'P2 wakes P1 (lock “tickets_lock”): Ready from the next tick.'],
    [
      [Kind.WOKEN, 0, -1, 0, 1, LOCK_A, 0],
      'From outside, P1 is woken (lock “tickets_lock”): Ready from the next tick.',
    ],
    [
      [Kind.READY, ReadyCause.WOKEN, -1, 0, 1, LOCK_A, 2],
      'P1: Blocked → Ready. P2 has woken it (lock “tickets_lock”); it tries again when it runs.',
    ],
    [[Kind.WOKEN, 0, -1, 0, 1, 3, 3], 'P3 has ended and wakes P1: Ready from the next tick.'],
    [[Kind.READY, ReadyCause.WOKEN, -1, 0, 1, 3, 3], 'P1: Blocked → Ready. P3 has ended.'],
    [[Kind.TERMINATED, EndCause.KILLED, 0, 0, 1, 1, -15, 0], 'P1 terminates: forced to end, exit code -15.'],
    [[Kind.OBJECT, ObjectKind.LOCK, -1, 0, 1, 20, 0, 0], 'P1 makes lock 3.'],
    [[Kind.TERMINATED, EndCause.EXITED, 0, 0, 1, 1, 3, 0], 'P1 terminates: exit(3), exit code 3.'],
    [line(1, 0, 7), 'P1 executes line 7.'],
    [[Kind.CALL, Operation.ACQUIRE, 0, 0, 1, LOCK_B, 0, 7], 'P1 calls acquire (lock 2).'],
    [[Kind.CALL, Operation.SLEEP, 0, 0, 1, 0, 5, 7], 'P1 calls sleep.'],
    [
      [Kind.DONE, Operation.ACQUIRE, 0, 0, 1, LOCK_A, Outcome.TIMED_OUT],
      'P1: acquire (lock “tickets_lock”) has timed out.',
    ],
    [[Kind.STORE, 1, 0, 0, 1, LOCK_A, ...double], 'P1 writes lock “tickets_lock” = 2.5.'],
    [[Kind.SEND, 0, 0, 0, 1, LOCK_B, 1, 1], 'P1 writes the end of a message into lock 2: 1 byte.'],
    [[Kind.RECEIVE, 0, 0, 0, 1, LOCK_B, 65536, 0], 'P1 reads 65,536 bytes of a message from lock 2; more follows.'],
    [[Kind.PART, PartRole.LOCK, 0, 0, 1, LOCK_B, LOCK_A], 'lock 2 is part of lock “tickets_lock”: lock.'],
    [
      [Kind.PIPE_END, 0, -1, 0, 1, LOCK_B, 1, 2, 3],
      'Process 2 closes the write end of lock 2; 3 such ends are still open in all processes.',
    ],
    [[Kind.CALL, Operation.TASK, 0, 0, 1, LOCK_B, 3, 7], 'P1 begins task 3 of lock 2.'],
    [[Kind.DONE, Operation.TASK, 0, 0, 1, LOCK_B, Outcome.OK, 3], 'P1 has done task 3 of lock 2.'],
    [[Kind.DONE, Operation.PUT, 0, 0, 1, LOCK_B, Outcome.OK], 'P1: put (lock 2) is done.'],
    [[Kind.PICK, 0, 0, 0, 1, 0, 3, 1], 'You pick P1 for CPU 0, out of 3 threads that could run.'],
    [[Kind.INPUT, InputKind.KILL, -1, 0, 0, 0, 2, -15], 'From outside: process 2 is terminated.'],
    [[Kind.BOOST, 0, -1, 0, 0, 0], 'Boost: every thread is back at the top level.'],
    [[Kind.END, RunEnd.FINISHED, -1, 9, 0, 0, 0], 'The run is finished: no thread is left.'],
  ])('%j → %s', (record, sentence) => {
    const { last } = story([record]);
    expect(last('en')).toBe(sentence);
    expect(last('zh')).toMatch(/\p{Script=Han}.*[。：]/u);
    expect(last('zh')).not.toMatch(/\{\{|undefined/);
  });

  it('parts names from Chinese by a blank, and leaves quotes alone', () => {
    const { last } = story([blocked(1, 0, BlockReason.JOIN, 3)]);
    expect(last('zh')).toBe('P1：运行 → 阻塞。它在等 P3 结束。');
    expect(story([blocked(1, 0, BlockReason.EVENT, FLAG)]).last('zh')).toBe(
      'P1：运行 → 阻塞。它在等事件“green”被 set。',
    );
    expect(story([blocked(1, 0, BlockReason.LOCK, LOCK_B)]).last('zh')).toContain('它想获得锁 2，');
  });

  it('says prints as they are, and who was created by whom', () => {
    const log = new LogStore();
    log.append(header(Kind.CREATED, 0, -1), 0, 1, 1, 1, log.appendText('MainProcess'), 0);
    log.append(header(Kind.CREATED, 1, -1), 0, 2, 2, 1, log.appendText('Thread-1'), 1);
    log.append(header(Kind.PRINT, Stream.STDOUT, -1), 0, 1, 0, log.appendText('卖出一张票 {{x}}\n'), 0, 0);
    const replay = new Replay(log);
    replay.extend();
    const said = [0, 1, 2].map((n) => sayEvent(describeRecord(replay, n), 'en'));
    expect(said[0]).toMatch(/the main process, is created: New/);
    expect(said[1]).toMatch(/a thread of process 1, is created by/);
    expect(said[2]).toMatch(/prints: 卖出一张票 \{\{x\}\}$/);
  });

  it('says what a Python function is, what its variables become, and which pipes are the library’s', () => {
    const log = new LogStore();
    log.append(header(Kind.CREATED, 0, -1), 0, 1, 1, 1, log.appendText('MainProcess'), 0);
    log.append(header(Kind.FRAME, 1, -1), 0, 1, 0, log.appendText('<module>'), 0, 0);
    log.append(header(Kind.FRAME, 1, -1), 0, 1, 0, log.appendText('work'), 1, 0);
    log.append(header(Kind.VARIABLE, VariableChange.LOCAL, -1), 0, 1, 0, log.appendText('n=[1, 2]'), 0, 0);
    log.append(header(Kind.VARIABLE, VariableChange.LOCAL_GONE, -1), 0, 1, 0, log.appendText('n'), 0, 0);
    log.append(header(Kind.FRAME, 0, -1), 0, 1, 0, 0, 1, 0);
    log.append(header(Kind.PIPE_END, 0, -1), 0, 1, 99, 0, 1, 0);
    log.append(header(Kind.FRAME, 0, -1), 0, 1, 0, 0, 0, 0);
    log.append(header(Kind.FRAME, 0, -1), 0, 1, 0, 0, 7, 0);
    const replay = new Replay(log);
    replay.extend();
    const said = (lang: Language): string[] =>
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => sayEvent(describeRecord(replay, n), lang));
    expect(said('en').slice(0, 5)).toEqual([
      'P1 begins with the text of the program.',
      'P1 enters work().',
      'P1: the local variable n is now [1, 2].',
      'P1: the local variable n is gone.',
      'P1 leaves work().',
    ]);
    expect(said('en').slice(6)).toEqual([
      'P1 comes to the end of the text of the program.',
      'P1 leaves the function or module that it was in.',
    ]);
    expect(said('zh')[4]).toBe('P1 离开函数 work()。');
    expect(said('en')[5]).toContain('a pipe of the library');
    expect(said('zh')[2]).toBe('P1：局部变量 n 变为 [1, 2]。');
    expect(said('zh')[5]).toContain('标准库自用的管道');
  });

  it('says that a thread has ended to those who join it only, and of a wait inside CPython that it is one', () => {
    const log = new LogStore();
    const [name, object] = [log.appendText('MainProcess'), 4];
    for (const tid of [1, 2]) log.append(header(Kind.CREATED, 0, -1), 0, tid, object + tid, tid, name, 0);
    log.append(header(Kind.BLOCKED, BlockReason.OTHER, 0), 0, 1, object + 2, -1, 0, 0);
    log.append(header(Kind.WOKEN, 0, -1), 1, 1, object + 2, 2, 0, 0);
    log.append(header(Kind.READY, ReadyCause.WOKEN, -1), 2, 1, object + 2, 2, 0, 0);
    log.append(header(Kind.BLOCKED, BlockReason.OTHER, 0), 3, 1, object + 1, -1, 0, 0);
    const replay = new Replay(log);
    replay.extend();
    expect([2, 3, 4, 5].map((n) => sayEvent(describeRecord(replay, n), 'en'))).toEqual([
      'P1: Running → Blocked. It waits for P2.',
      'P2 wakes P1 (P2): Ready from the next tick.',
      'P1: Blocked → Ready. P2 has woken it (P2); it tries again when it runs.',
      'P1: Running → Blocked. It waits for something inside CPython.',
    ]);
    expect(sayEvent(describeRecord(replay, 5), 'zh')).toBe('P1：运行 → 阻塞。它在等 CPython 内部的事。');
    log.append(header(Kind.BLOCKED, BlockReason.PIPE_EMPTY, 0), 4, 2, 99, -1, 0, 0);
    replay.extend();
    expect(sayEvent(describeRecord(replay, 6), 'en')).toContain('a pipe of the library');
    expect(waitedForWords(translator('en'), replay.at(7), asObjectId(99))).toBe('a pipe of the library');
  });

  it('gives an exit code to a process, and none to a thread', () => {
    const ended: Words = [Kind.TERMINATED, EndCause.RETURNED, 0, 4, 4, 0, 0, 0];
    const thread: Words = [Kind.CREATED, ThreadKind.THREAD, -1, 0, 4, 4, 1, 0, 1];
    const { last, why } = story([thread, ended]);
    expect(last('en')).toMatch(/terminates: returned\.$/);
    expect(why(4, 'en')).toMatch(/has been Terminated since tick 4: returned\.$/);
    expect(last('zh')).toMatch(/终止：正常返回。$/);
  });
});
