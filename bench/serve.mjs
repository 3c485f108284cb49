// The bench page, built and served.
import { join } from 'node:path';
import { ROOT, serveBuilt } from '../tools/built.mjs';

export const serveBenches = () => serveBuilt('bench', { root: join(ROOT, 'bench'), publicDir: false });
