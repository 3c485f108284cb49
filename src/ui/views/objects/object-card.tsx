import { useId, useState, type ReactElement } from 'react';
import { ObjectKind } from '../../../abi/objects.ts';
import type { MachineState, ObjectView } from '../../../replay/model.ts';
import { useLab } from '../../state/use-lab.ts';
import { isNameless, objectKindKey, objectWords, roleKey } from '../../texts/machine-words.ts';
import { useText } from '../../texts/use-text.ts';
import { ThreadList } from '../thread-badge/thread-list.tsx';
import type { Drawing } from './drawing.ts';
import { drawingWords } from './drawing-words.ts';
import { ObjectDrawing } from './object-drawing.tsx';
import { layoutObject } from './object-layout.ts';
import { partsInside, waitersAt } from './object-tree.ts';
import classes from './objects.module.css';

interface ObjectCardProps {
  readonly object: ObjectView;
  readonly machine: MachineState;
  /** Over its name: what it is to the whole; without it the kind. */
  readonly role?: string;
  readonly depth?: number;
}

/** One object: its picture, who waits for it, and a way to look inside. */
export function ObjectCard({ object, machine, role, depth = 0 }: ObjectCardProps): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const drawing = layoutObject(object, machine, drawingWords(t, lang));
  const parts = partsInside(machine, object, depth);
  const words = objectWords(t, object);
  const waiters = waitersAt(machine, object);
  return (
    <li className={classes.card} data-object={object.id}>
      <h3 className={classes.title}>
        {isNameless(object) ? <strong>{words}</strong> : <code>{object.name}</code>}{' '}
        <small>{role ?? (isNameless(object) ? '' : t(objectKindKey(object.kind)))}</small>
      </h3>
      {drawing === null ? null : <ObjectDrawing drawing={drawing} label={labelOf(words, drawing)} />}
      {saysWaiters(object, waiters.length) ? (
        <p className={classes.waiters}>
          <span>{t('objects.waiters')}</span>
          <ThreadList tids={waiters} machine={machine} none={t('objects.waiters.none')} />
        </p>
      ) : null}
      {parts.length === 0 ? null : <Inside object={object} machine={machine} words={words} depth={depth} />}
    </li>
  );
}

/** Nobody ever waits for data itself; in the picture of a barrier one sees who waits. */
const SILENT: ReadonlySet<ObjectKind> = new Set([
  ObjectKind.VALUE,
  ObjectKind.ARRAY,
  ObjectKind.MANAGER,
  ObjectKind.MANAGED,
  ObjectKind.POOL,
]);

function saysWaiters({ kind }: ObjectView, waiters: number): boolean {
  return kind === ObjectKind.BARRIER ? waiters > 10 : waiters > 0 || !SILENT.has(kind);
}

/** All that the picture says in words; threads speak for themselves. */
function labelOf(words: string, { shapes }: Drawing): string {
  const said = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
  return [words, ...said].join(', ');
}

interface InsideProps {
  readonly object: ObjectView;
  readonly machine: MachineState;
  readonly words: string;
  readonly depth: number;
}

function Inside({ object, machine, words, depth }: InsideProps): ReactElement {
  const t = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes.inside}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={t('objects.inside', { object: words })}
        onClick={() => setOpen(!isOpen)}
      >
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          <path d={isOpen ? 'M1 3l4 4 4-4' : 'M3 1l4 4-4 4'} />
        </svg>
        {t('objects.inside.short')}
      </button>
      <ul id={id} className={classes.parts} hidden={!isOpen}>
        {isOpen
          ? partsInside(machine, object, depth).map((part) => (
              <ObjectCard
                key={`${part.role}-${part.object.id}`}
                object={part.object}
                machine={machine}
                role={t(roleKey(part.role))}
                depth={depth + 1}
              />
            ))
          : null}
      </ul>
    </>
  );
}
