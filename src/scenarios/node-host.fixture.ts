import { workerData } from 'node:worker_threads';
import type { HostBirth } from '../abi/remote.ts';
import { startHost } from '../runtime/host.ts';
import type { ProgramModule } from '../runtime/typescript/program.ts';

const modules = import.meta.glob<ProgramModule>('./*/program.ts', { eager: true });
const programs = new Map(Object.entries(modules).map(([path, module]) => [path.split('/').at(-2) ?? path, module]));

startHost(workerData as HostBirth, programs);
