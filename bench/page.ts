import { measure, type Bench } from './bench.ts';
import { contention } from './contention/contention.ts';
import { diagram } from './diagram/diagram.tsx';
import { lock } from './lock/lock.ts';
import { messages } from './messages/messages.ts';
import { pool } from './pool/pool.ts';
import { python } from './python/python.ts';
import { replay } from './replay/replay.ts';
import { timeline } from './timeline/timeline.ts';
import { start } from './start/start.ts';
import { relay } from './relay/relay.ts';

const BENCHES: readonly Bench[] = [relay, start, lock, contention, messages, pool, replay, timeline, diagram, python];

window.benches = {
  names: BENCHES.map(({ name }) => name),
  run(name, rounds) {
    const bench = BENCHES.find((candidate) => candidate.name === name);
    if (bench === undefined) throw new Error(`there is no bench "${name}"`);
    return measure(bench, rounds);
  },
};
