import { ObjectKind, PartRole } from '../../../abi/objects.ts';
import { BlockReason, Kind, Operation, Outcome, RunEnd } from '../../../abi/record.ts';
import { LogScript, ownObject } from '../../../replay/log-script.fixture.ts';

/** Ids of the objects of `everyObject`. */
export const Id = {
  LOCK: 1,
  RLOCK: 2,
  SEMAPHORE: 3,
  EVENT: 4,
  CONDITION: 5,
  CONDITION_LOCK: 6,
  BARRIER: 7,
  PIPE: 8,
  QUEUE: 10,
  QUEUE_PIPE: 11,
  READ_LOCK: 12,
  WRITE_LOCK: 13,
  SLOTS: 14,
  VALUE: 15,
  ARRAY: 16,
  POOL: 17,
  MANAGER: 18,
  MANAGED: 19,
  RESULT: 20,
  GLOBAL: 21,
  OTHER_GLOBAL: 22,
} as const;

/** A process of tid 1 with a thread 2, and processes 3 to 9, around one object of every kind. */
export function everyObject(): LogScript {
  const script = new LogScript().process(1, 'MainProcess');
  script.thread(2, 1, 'Thread-1', 1);
  for (const tid of [3, 4, 5, 6, 7, 8, 9]) script.process(tid, `Process-${tid - 2}`, 1);
  primitives(script);
  pipes(script);
  memory(script);
  pool(script);
  return script;
}

function primitives(script: LogScript): void {
  script.lock(Id.LOCK, 'tickets_lock').done(3, Operation.ACQUIRE, Id.LOCK);
  script.object(Id.RLOCK, ObjectKind.RLOCK, 'till').done(4, Operation.ACQUIRE, Id.RLOCK, Outcome.OK, 2);
  script.object(Id.SEMAPHORE, ObjectKind.SEMAPHORE, 'rooms', 1, 3).done(3, Operation.ACQUIRE, Id.SEMAPHORE);
  script.done(4, Operation.ACQUIRE, Id.SEMAPHORE);
  script.object(Id.EVENT, ObjectKind.EVENT, 'green').done(1, Operation.SET, Id.EVENT);
  script.object(Id.CONDITION, ObjectKind.CONDITION, 'not_empty', 1, Id.CONDITION_LOCK);
  script.object(Id.CONDITION_LOCK, ObjectKind.RLOCK).part(Id.CONDITION_LOCK, Id.CONDITION, PartRole.LOCK);
  script.object(Id.BARRIER, ObjectKind.BARRIER, 'start', 1, 0, 3);
  script.done(5, Operation.ARRIVE, Id.BARRIER, Outcome.OK, 1).block(5, BlockReason.BARRIER, Id.BARRIER);
  script.block(6, BlockReason.LOCK, Id.LOCK).block(9, BlockReason.CONDITION, Id.CONDITION);
}

function pipes(script: LogScript): void {
  script.object(Id.PIPE, ObjectKind.PIPE, 'conn');
  script.pipeEnd(Id.PIPE, 'write', 1, 1).pipeEnd(Id.PIPE, 'write', 3, 2).pipeEnd(Id.PIPE, 'read', 4, 1);
  script.send(1, Id.PIPE, 12, "'hello'").send(3, Id.PIPE, 4096).send(1, Id.PIPE, 9, '[1, 2]');
  script.object(Id.QUEUE, ObjectKind.QUEUE, 'orders').object(Id.QUEUE_PIPE, ObjectKind.PIPE);
  script.lock(Id.READ_LOCK).lock(Id.WRITE_LOCK).object(Id.SLOTS, ObjectKind.BOUNDED_SEMAPHORE, '', 1, 4, 4);
  script.part(Id.QUEUE_PIPE, Id.QUEUE, PartRole.PIPE).part(Id.READ_LOCK, Id.QUEUE, PartRole.READ_LOCK);
  script.part(Id.WRITE_LOCK, Id.QUEUE, PartRole.WRITE_LOCK).part(Id.SLOTS, Id.QUEUE, PartRole.SLOTS);
  for (const [index, text] of ["'tea'", "'cake'", '42'].entries()) {
    script.done(1, Operation.ACQUIRE, Id.SLOTS).send(1, Id.QUEUE_PIPE, 20 + index, text);
  }
  script.pipeEnd(Id.QUEUE_PIPE, 'write', 1, 1).pipeEnd(Id.QUEUE_PIPE, 'read', 4, 1);
  script.done(4, Operation.ACQUIRE, Id.READ_LOCK).block(7, BlockReason.LOCK, Id.READ_LOCK);
}

function memory(script: LogScript): void {
  script.variable(Id.VALUE, 'total', 0).store(3, Id.VALUE, 41);
  script.object(Id.ARRAY, ObjectKind.ARRAY, 'cells', 1, 5).store(4, Id.ARRAY, 7, Kind.STORE, 1);
  script.object(Id.GLOBAL, ObjectKind.GLOBAL, 'counter', 1).store(2, Id.GLOBAL, 2);
  script.object(Id.OTHER_GLOBAL, ObjectKind.GLOBAL, 'counter', 3).storeText(3, Id.OTHER_GLOBAL, "['a', 1]");
}

function pool(script: LogScript): void {
  script.object(Id.POOL, ObjectKind.POOL, 'pool').object(Id.RESULT, ObjectKind.RESULT);
  for (const worker of [7, 8]) script.part(ownObject(worker), Id.POOL, PartRole.WORKER);
  for (const task of [1, 2, 3, 4]) script.call(1, Operation.SUBMIT, Id.POOL, task);
  script.call(7, Operation.TASK, Id.POOL, 1).done(7, Operation.TASK, Id.POOL).call(8, Operation.TASK, Id.POOL, 2);
  script.object(Id.MANAGER, ObjectKind.MANAGER, 'manager').object(Id.MANAGED, ObjectKind.MANAGED, 'd');
  script.part(ownObject(9), Id.MANAGER, PartRole.SERVER).part(Id.MANAGED, Id.MANAGER, PartRole.MANAGED);
  script.storeText(9, Id.MANAGED, "{'n': 3}").block(1, BlockReason.RESULT, Id.RESULT);
  script
    .line(3, 12)
    .store(3, Id.VALUE, 42)
    .store(4, Id.ARRAY, 9, Kind.STORE, 3)
    .storeText(3, Id.OTHER_GLOBAL, "['a', 2]");
}

/** Five philosophers in a circle, one who waits for a fork beside them, and their parent who joins the first. */
export function philosophers(): LogScript {
  const script = new LogScript().process(1, 'MainProcess');
  for (let i = 0; i < 5; i += 1) script.process(2 + i, `Process-${i + 1}`, 1).lock(1 + i, `fork ${i}`);
  script.process(7, 'Guest', 1);
  for (let i = 0; i < 5; i += 1) script.done(2 + i, Operation.ACQUIRE, 1 + i);
  for (let i = 0; i < 5; i += 1) script.line(2 + i).block(2 + i, BlockReason.LOCK, 1 + ((i + 1) % 5));
  script.block(1, BlockReason.JOIN, ownObject(2)).block(7, BlockReason.LOCK, 3);
  return script.end(RunEnd.DEADLOCK);
}
