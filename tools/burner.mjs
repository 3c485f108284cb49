// Keeps one core busy until it is killed, or its parent is gone.
import process from 'node:process';

const TURN_MS = 200;

function burn() {
  const end = performance.now() + TURN_MS;
  while (performance.now() < end);
  setImmediate(burn);
}

process.on('disconnect', () => process.exit());
burn();
