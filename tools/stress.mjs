// npm run stress [-- --seconds <n>]: eight hosts in live mode on every primitive, for a minute; npm test takes five seconds.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { getBrowser } from './browser.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { status } = spawnSync(
  join('node_modules', '.bin', 'vitest'),
  ['run', '--project=browser', 'src/runtime/live-stress.browser.test.ts'],
  {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, PROCESSION_CHROMIUM: getBrowser(), VITE_STRESS_SECONDS: values.seconds },
  },
);
process.exitCode = status ?? 1;
