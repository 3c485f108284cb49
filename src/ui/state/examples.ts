import type { Example } from '../../scenarios/custom/examples.ts';

export type { Example };

/** The programs to start from; they come when somebody opens the menu. */
export async function loadExamples(): Promise<readonly Example[]> {
  const { EXAMPLES } = await import('../../scenarios/custom/examples.ts');
  return EXAMPLES;
}
