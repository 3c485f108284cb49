import type { ReactElement } from 'react';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { ObjectCard } from './object-card.tsx';
import { topObjects } from './object-tree.ts';
import classes from './objects.module.css';

/** What the threads share, as it is at the cursor: a picture of each object, and inside it its parts. */
export function Objects(): ReactElement {
  const t = useText();
  const machine = useLab((state) => state.machine);
  const objects = topObjects(machine);
  if (objects.length === 0) return <p className={classes.empty}>{t('objects.empty')}</p>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.objects')}>
      <ul className={classes.cards}>
        {objects.map((object) => (
          <ObjectCard key={object.id} object={object} machine={machine} />
        ))}
      </ul>
    </div>
  );
}
