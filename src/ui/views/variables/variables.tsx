import type { ReactElement } from 'react';
import type { ThreadView } from '../../../replay/model.ts';
import { Instructions } from '../../../replay/instructions.ts';
import { Variables as Values, type Variable } from '../../../replay/variables.ts';
import { derivedOf } from '../../state/derived.ts';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import { shownThread } from './shown-thread.ts';
import classes from './variables.module.css';

/** Where a module's top level runs: its variables are the globals. */
const TOP_LEVEL = '<module>';

/** What the selected thread sees at the cursor: the variables of the functions that it is in, and its process's globals. */
export function Variables(): ReactElement {
  const t = useText();
  const engine = useLab((state) => state.engine);
  const machine = useLab((state) => state.machine);
  const selected = useLab((state) => state.selected);
  const cursor = useLab((state) => state.cursor);
  const derived = derivedOf(useLab((state) => state.log));
  if (engine !== 'py') return <p className={classes.empty}>{t('variables.onlyPython')}</p>;
  const thread = shownThread(machine, derived, cursor, selected);
  const seen = thread === null ? null : derived.of(Values).of(thread.tid, cursor);
  if (thread === null || seen === null) return <p className={classes.empty}>{t('variables.empty')}</p>;
  const functions = seen.frames.filter(({ name }) => name !== TOP_LEVEL).toReversed();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.variables')}>
      <Whose
        thread={thread}
        instruction={derived.of(Instructions).of(thread.tid, cursor)}
        isSelected={thread.tid === selected}
      />
      <div className={classes.scopes}>
        {functions.map(({ name, variables }, depth) => (
          <Scope
            // A function that calls itself is there more than once.
            key={functions.length - depth}
            title={t(depth === 0 ? 'variables.locals' : 'variables.locals.caller', { name })}
            none={t('variables.none')}
            variables={variables}
          />
        ))}
        <Scope title={t('variables.globals')} none={t('variables.none')} variables={seen.globals} />
      </div>
    </div>
  );
}

interface WhoseProps {
  readonly thread: ThreadView;
  readonly instruction: string | null;
  readonly isSelected: boolean;
}

function Whose({ thread, instruction, isSelected }: WhoseProps): ReactElement {
  const t = useText();
  const { tid, shortName, line, state } = thread;
  return (
    <p className={classes.whose}>
      <ThreadBadge tid={tid} name={shortName} />
      <span>
        {t(`state.${state}.plain`)}
        {line === null || state === 'Terminated' ? null : ` · ${t('listing.line', { line })}`}
        {instruction === null || state === 'Terminated' ? null : (
          <>
            {' · '}
            <code>{instruction}</code>
          </>
        )}
      </span>
      {isSelected ? null : <span className={classes.hint}>{t('variables.select')}</span>}
    </p>
  );
}

interface ScopeProps {
  readonly title: string;
  readonly none: string;
  readonly variables: readonly Variable[];
}

function Scope({ title, none, variables }: ScopeProps): ReactElement {
  const t = useText();
  return (
    <table className={classes.scope}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('memory.name')}</th>
          <th scope="col">{t('memory.value')}</th>
        </tr>
      </thead>
      <tbody>
        {variables.length === 0 ? (
          <tr>
            <td colSpan={2} className={classes.none}>
              {none}
            </td>
          </tr>
        ) : null}
        {variables.map(({ name, value, changed }) => (
          <tr key={name} data-changed={changed ? '' : undefined}>
            <th scope="row">{name}</th>
            <td>
              <code>{value}</code>
              {changed ? (
                <span className={classes.mark} title={t('variables.changed')}>
                  <span aria-hidden="true">●</span>
                  <span className="visually-hidden">{t('variables.changed')}</span>
                </span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
