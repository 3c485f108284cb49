import type { HostBirth } from '../abi/remote.ts';
import { startHost } from '../runtime/host.ts';
import type { Programs, ProgramModule } from '../runtime/typescript/program.ts';

const modules = import.meta.glob<ProgramModule>('../scenarios/*/program.ts');

/** The program of the lesson `lock` is `../scenarios/lock/program.ts`; it brings along the classes that it uses. */
async function programsOf(lesson: string): Promise<Programs> {
  const load = modules[`../scenarios/${lesson}/program.ts`];
  return new Map(load === undefined ? [] : [[lesson, await load()]]);
}

// A host whose program cannot be had dies, and the machine sees that.
addEventListener(
  'message',
  ({ data }: MessageEvent<HostBirth>) =>
    void programsOf(data.program)
      .then((programs) => startHost(data, programs))
      .catch(reportError),
);
