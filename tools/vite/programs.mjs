/**
 * Vite plugin for `src/scenarios/<lesson>/program.ts`.
 *
 * @returns {import('vite').Plugin}
 */
export function programs() {
  return { name: 'procession-programs' };
}
