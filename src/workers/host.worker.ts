import type { HostBirth } from '../abi/remote.ts';
import { startHost } from '../runtime/host.ts';
import type { ProgramModule } from '../runtime/typescript/program.ts';

const modules = import.meta.glob<ProgramModule>('../scenarios/*/program.ts', { eager: true });

/** `../scenarios/lock/program.ts` is the program of the lesson `lock`. */
const programs = new Map(Object.entries(modules).map(([path, module]) => [path.split('/').at(-2) ?? path, module]));

addEventListener('message', (event: MessageEvent<HostBirth>) => startHost(event.data, programs), { once: true });
