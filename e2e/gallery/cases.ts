import { ObjectKind } from '../../src/abi/objects.ts';
import { BlockReason, RunEnd } from '../../src/abi/record.ts';
import { asTid } from '../../src/base/ids.ts';
import type { MachineState, ThreadStateName } from '../../src/replay/model.ts';
import type { Translate } from '../../src/ui/texts/translate.ts';
import { causeOf } from '../../src/ui/views/diagram/cause-words.ts';
import type { Change } from '../../src/ui/views/diagram/lit-arrows.ts';
import {
  machineOf,
  rowOf,
  withThread,
  type MachineSketch,
  type ThreadSketch,
} from '../../src/ui/views/diagram/machine.fixture.ts';
import type { Passage } from '../../src/ui/views/diagram/passage.ts';

export interface GalleryCase {
  readonly machine: MachineState;
  readonly changes?: (t: Translate) => readonly Change[];
  readonly passages?: readonly Passage[];
}

type Step = readonly [tid: number, from: ThreadStateName | null];

const came =
  (machine: MachineState, ...steps: Step[]) =>
  (t: Translate): readonly Change[] =>
    steps.flatMap(([tid, from]) => {
      const thread = machine.threads[tid - 1];
      if (thread === undefined) return [];
      return [
        { tid: asTid(tid), shortName: thread.shortName, from, to: thread.state, cause: causeOf(thread, machine, t) },
      ];
    });

const many = (count: number, of: (index: number) => ThreadSketch): ThreadSketch[] =>
  Array.from({ length: count }, (_, i) => of(i));

const tickets: MachineSketch = {
  threads: [
    { state: 'Blocked', reason: BlockReason.JOIN, object: rowOf(3), line: 31 },
    { state: 'Running', cpu: 0, line: 12 },
    { state: 'Ready', line: 9 },
    { state: 'Ready', line: 9 },
    { state: 'Blocked', reason: BlockReason.LOCK, object: 1, line: 10 },
    { state: 'Blocked', reason: BlockReason.SLEEP, until: 17, line: 8 },
    { state: 'Terminated', code: 0 },
  ],
  objects: [
    { kind: ObjectKind.LOCK, name: 'tickets_lock', holder: 2 },
    { kind: ObjectKind.VALUE, name: 'tickets', value: 7 },
    { kind: ObjectKind.EVENT, name: 'open', flag: false },
  ],
};

const first = machineOf({ threads: [{ name: 'P0', state: 'New' }] });
const mixed = machineOf(tickets);
const threeStates: MachineSketch = {
  threads: [
    { state: 'Blocked', reason: BlockReason.IO, until: 14 },
    { state: 'Running', cpu: 0, line: 4 },
    { state: 'Ready' },
  ],
};
const three = machineOf(threeStates);
const deadlock = machineOf({
  threads: [
    { state: 'Blocked', reason: BlockReason.JOIN, object: rowOf(2) },
    { state: 'Blocked', reason: BlockReason.LOCK, object: 2, line: 14 },
    { state: 'Blocked', reason: BlockReason.LOCK, object: 1, line: 22 },
  ],
  objects: [
    { kind: ObjectKind.LOCK, name: 'fork_a', holder: 2 },
    { kind: ObjectKind.LOCK, name: 'fork_b', holder: 3 },
  ],
  end: { kind: RunEnd.DEADLOCK, message: '' },
});
const chinese = machineOf({
  threads: [
    { name: '主进程', state: 'Blocked', reason: BlockReason.JOIN, object: rowOf(2) },
    { name: '读者一号', state: 'Running', cpu: 0, line: 128 },
    { name: '写者', state: 'Ready' },
    { name: '读者二', state: 'Blocked', reason: BlockReason.LOCK, object: 1 },
    { name: '读者三', state: 'Blocked', reason: BlockReason.IO, object: 2, until: 23 },
    { name: '打印', state: 'Terminated', code: -15 },
  ],
  objects: [
    { kind: ObjectKind.LOCK, name: '保护共享缓冲区写入操作的互斥锁', holder: 2 },
    { kind: ObjectKind.DEVICE, name: '磁盘' },
    { kind: ObjectKind.VALUE, name: '剩余票数', value: 98 },
    { kind: ObjectKind.EVENT, name: '绿灯', flag: true },
  ],
});
const primitives = machineOf({
  threads: [
    { state: 'Blocked', reason: BlockReason.SEMAPHORE, object: 1, line: 9 },
    { state: 'Blocked', reason: BlockReason.LOCK, object: 2, line: 12 },
    { state: 'Running', cpu: 0, line: 14 },
    { state: 'Blocked', reason: BlockReason.CONDITION, object: 3, until: 40, line: 20 },
    { state: 'Blocked', reason: BlockReason.BARRIER, object: 4, line: 31 },
    { state: 'Blocked', reason: BlockReason.BARRIER, object: 4, line: 31 },
  ],
  objects: [
    { kind: ObjectKind.BOUNDED_SEMAPHORE, name: 'rooms', value: 0, limit: 2 },
    { kind: ObjectKind.RLOCK, name: 'ready.lock', holder: 3, depth: 2 },
    { kind: ObjectKind.CONDITION, name: 'ready', lock: 2 },
    { kind: ObjectKind.BARRIER, name: 'start', value: 2, limit: 3, broken: false },
  ],
});
const killed = machineOf({
  threads: many(3, () => ({ state: 'Terminated', code: -15 })),
  cpus: 2,
});
const states = ['Ready', 'Running', 'Blocked', 'Blocked', 'Terminated'] as const;
const crowd = (count: number, cpus: number): MachineState => {
  let cpu = 0;
  return machineOf({
    cpus,
    threads: many(count, (i) => {
      let state: ThreadStateName = states[i % states.length] as ThreadStateName;
      if (state === 'Running' && cpu >= cpus) state = 'Ready';
      if (state === 'Running') return { state, cpu: cpu++, line: i };
      if (state !== 'Blocked') return { state, code: i % 7 === 0 ? 1 : 0 };
      return i % 3 === 0
        ? { state, reason: BlockReason.LOCK, object: 1 + (i % 2) }
        : { state, reason: BlockReason.SLEEP, until: 10 + i };
    }),
    objects: [
      { kind: ObjectKind.LOCK, name: 'lock', holder: 2 },
      { kind: ObjectKind.LOCK, name: 'other_lock', holder: 7 },
      { kind: ObjectKind.VALUE, name: 'counter', value: 12345 },
    ],
  });
};
const locks = machineOf({
  cpus: 4,
  threads: many(24, (i) => ({ state: i < 6 ? 'Blocked' : 'Ready', reason: BlockReason.LOCK, object: i + 1 })),
  objects: Array.from({ length: 40 }, (_, i) => ({
    kind: i % 5 === 4 ? ObjectKind.VALUE : ObjectKind.LOCK,
    name: `fork ${i + 1}`,
    value: i,
    ...(i < 6 ? { holder: i + 2 } : {}),
  })),
});
const blockedOn = machineOf(withThread(tickets, 2, { state: 'Blocked', reason: BlockReason.LOCK, object: 1 }));
const dispatched = machineOf(
  withThread(withThread(tickets, 2, { state: 'Blocked', reason: BlockReason.LOCK, object: 1 }), 3, {
    state: 'Running',
    cpu: 0,
    line: 9,
  }),
);

export const CASES: Readonly<Record<string, GalleryCase>> = {
  first: { machine: first, changes: came(first, [1, null]) },
  three: { machine: three, changes: came(three, [1, 'Running'], [2, 'Ready']) },
  threeMixed: { machine: mixed, changes: came(mixed, [2, 'Ready'], [5, 'Running']) },
  quiet: { machine: mixed },
  everyArrow: {
    machine: mixed,
    changes: came(mixed, [2, 'Ready'], [5, 'Running'], [3, 'Running'], [4, 'Blocked'], [7, 'Running']),
  },
  blocks: { machine: blockedOn, changes: came(blockedOn, [2, 'Running']) },
  next: {
    machine: dispatched,
    changes: came(dispatched, [2, 'Running'], [3, 'Ready']),
    passages: [
      { machine: blockedOn, change: { tid: asTid(2), from: 'Running', to: 'Blocked' } },
      { machine: dispatched, change: { tid: asTid(3), from: 'Ready', to: 'Running' } },
    ],
  },
  deadlock: { machine: deadlock, changes: came(deadlock, [3, 'Running']) },
  chinese: { machine: chinese, changes: came(chinese, [4, 'Running'], [2, 'Ready']) },
  crowd: {
    machine: crowd(64, 16),
    changes: came(crowd(64, 16), [2, 'Ready'], [7, 'Ready'], [12, 'Ready'], [17, 'Ready']),
  },
  crowd30: { machine: crowd(30, 4) },
  // For the bench: 256 tokens, nearly all of which change place between the two.
  ready256: { machine: machineOf({ threads: many(256, () => ({})) }) },
  mixed256: { machine: crowd(256, 16) },
  crowd256: { machine: crowd(256, 16) },
  locks: { machine: locks },
  primitives: { machine: primitives },
  killed: { machine: killed, changes: came(killed, [2, 'Ready'], [3, 'Blocked'], [1, 'New']) },
  empty: { machine: machineOf({ threads: [] }) },
};
