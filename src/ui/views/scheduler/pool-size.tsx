import type { ReactElement } from 'react';
import { PoolSizes } from '../../../replay/pool-sizes.ts';
import { derivedOf } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { WholeNumber } from './whole-number.tsx';

const NO_POOL = { default: 0, min: 0, max: 0 };

/** Workers of the pool at the cursor: a setting before it is there, an input of the run while it is. */
export function PoolSize(): ReactElement {
  const t = useText();
  const range = useLab((state) => state.scenario.pool);
  const atStart = useLab((state) => state.pool);
  const cursor = useLab((state) => state.cursor);
  const given = derivedOf(useLab((state) => state.log))
    .of(PoolSizes)
    .at(cursor);
  const { min, max } = range ?? NO_POOL;
  return (
    <WholeNumber
      label={t('scheduler.pool')}
      value={given ?? atStart}
      min={min}
      max={max}
      whyOff={range === undefined ? t('disabled.pool') : null}
      onChange={(size) => void lab.setPool(size)}
    />
  );
}
