import { useMediaQuery } from '@mantine/hooks';

export type Width = 'wide' | 'middle' | 'narrow';

/** The three arrangements of the page; the same limits as in `shell.module.css`. */
export function useWidth(): Width {
  const wide = useMediaQuery('(min-width: 1121px)', true, { getInitialValueInEffect: false });
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  if (narrow) return 'narrow';
  return wide ? 'wide' : 'middle';
}
