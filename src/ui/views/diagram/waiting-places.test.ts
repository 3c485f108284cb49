import { describe, expect, it } from 'vitest';
import { PartRole } from '../../../abi/objects.ts';
import { BlockReason } from '../../../abi/record.ts';
import type { LogScript } from '../../../replay/log-script.fixture.ts';
import type { MachineState } from '../../../replay/model.ts';
import { Replay } from '../../../replay/replay.ts';
import { everyObject, Id } from '../objects/every-object.fixture.ts';
import { shelvedObjects, waitingPlaces, type WaitingPlace } from './waiting-places.ts';

function machineOf(script: LogScript): MachineState {
  const replay = new Replay(script.log);
  replay.extend();
  return replay.at(script.log.count);
}

const placeAt = (machine: MachineState, id: number): WaitingPlace | undefined =>
  waitingPlaces(machine).find(({ object }) => object?.id === id);

describe('the places in Blocked', () => {
  it('have who waits at a part of a queue at the queue, and say at which part', () => {
    const queue = placeAt(machineOf(everyObject()), Id.QUEUE);
    expect(queue?.waiters.map(({ tid }) => tid)).toEqual([7]);
    expect(queue).toMatchObject({
      kind: 'queue',
      roles: [PartRole.READ_LOCK],
      pipe: { writers: ['P1'], readers: ['P4'] },
    });
    expect(placeAt(machineOf(everyObject()), Id.READ_LOCK)).toBeUndefined();
  });

  it('do not name the pipe of a queue: to wait for that is to wait for an item', () => {
    const machine = machineOf(everyObject().block(4, BlockReason.PIPE_EMPTY, Id.QUEUE_PIPE));
    expect(placeAt(machine, Id.QUEUE)?.roles).toEqual([PartRole.READ_LOCK]);
    expect(placeAt(machine, Id.QUEUE)?.waiters.map(({ tid }) => tid)).toContain(4);
  });

  it('are made for a result or a pool only while somebody waits there', () => {
    const script = everyObject();
    expect(placeAt(machineOf(script), Id.RESULT)?.waiters.map(({ tid }) => tid)).toEqual([1]);
    expect(placeAt(machineOf(script), Id.POOL)).toBeUndefined();
    expect(shelvedObjects(machineOf(script)).map(({ id }) => id)).toContain(Id.POOL);
    const waited = machineOf(script.ready(1).block(8, BlockReason.POLL, Id.POOL));
    expect(placeAt(waited, Id.RESULT)).toBeUndefined();
    expect(placeAt(waited, Id.POOL)?.kind).toBe('pool');
    expect(shelvedObjects(waited).map(({ id }) => id)).not.toContain(Id.POOL);
  });

  it('hold every Blocked thread once', () => {
    const machine = machineOf(everyObject().block(3, BlockReason.POLL).block(2, BlockReason.SLEEP, 0, 9));
    const placed = waitingPlaces(machine).flatMap(({ waiters }) => waiters.map(({ tid }) => tid));
    const blocked = machine.threads.filter(({ state }) => state === 'Blocked').map(({ tid }) => tid);
    expect(placed.toSorted((a, b) => a - b)).toEqual(blocked);
  });
});
