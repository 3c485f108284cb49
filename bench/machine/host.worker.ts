import type { HostBirth } from '../../src/abi/remote.ts';
import { startHost } from '../../src/runtime/host.ts';
import type { ProgramModule } from '../../src/runtime/typescript/program.ts';
import { CONTEND } from '../contention/contend.ts';
import { firstStatement } from '../start/first-statement.ts';

const modules = import.meta.glob<ProgramModule>('./*.program.ts', { eager: true });

/** `./spin.program.ts` is the program `spin`. */
const programs = Object.entries(modules).map(
  ([path, module]) => [path.slice(2, -'.program.ts'.length), module] as const,
);

addEventListener(
  'message',
  ({ data }: MessageEvent<HostBirth>) => {
    startHost(data, new Map([...programs, ['first-statement', firstStatement(data)], ['contend', CONTEND]]));
  },
  { once: true },
);
