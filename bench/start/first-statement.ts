import type { HostBirth } from '../../src/abi/remote.ts';
import { Process } from '../../src/runtime/typescript/process.ts';
import type { ProgramApi } from '../../src/runtime/typescript/program-api.ts';
import type { ProgramModule } from '../../src/runtime/typescript/program.ts';
import { stampMs, stampOf } from './stamp.ts';

/**
 * What the transform would make of a program whose processes consist of one statement. Written by hand because that
 * statement does what no program may: it reads the real clock.
 */
export function firstStatement({ memory, slot }: HostBirth): ProgramModule {
  const stamp = stampOf(memory, slot);
  return {
    file: 'first-statement.ts',
    ranges: [
      ['work', 1, 3],
      ['main', 5, 7],
    ],
    library: { Process },
    instantiate(api) {
      const { checkpoint } = api as ProgramApi;
      function work(): void {
        checkpoint(2);
        stamp[0] = stampMs();
      }
      function main({ processes }: { processes: number }): void {
        if (processes === 0) work();
        for (let n = 0; n < processes; n += 1) new Process({ target: work }).start();
      }
      return { main, work };
    },
  };
}
