import { ActionIcon, Button } from '@mantine/core';
import { useMemo, useRef, type ReactElement } from 'react';
import { Instructions } from '../../../replay/instructions.ts';
import type { MachineState } from '../../../replay/model.ts';
import { derivedOf, type Derived } from '../../state/derived.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { PlayIcon } from '../icons/icons.tsx';
import { BootBar } from '../listing/boot-bar.tsx';
import { leaderOf, lineInFocus, marksByLine } from '../listing/listing-marks.ts';
import { Tip } from '../tip/tip.tsx';
import { ExampleMenu } from './example-menu.tsx';
import { NOTHING, type LineMarks } from './line-marks.ts';
import { RedoIcon, ResetIcon, UndoIcon } from './editor-icons.tsx';
import { TextBox, type TextBoxHandle } from './text-box.tsx';
import { faultsAt } from '../listing/tracebacks.ts';
import classes from './editor.module.css';

/** The reader's own program: written, run, and marked where its threads stand and what went wrong. */
export function Editor(): ReactElement {
  const t = useText();
  const text = useLab(({ code, files }) => code ?? files.py.source);
  const ran = useLab((state) => state.ran);
  const machine = useLab((state) => state.machine);
  const selected = useLab((state) => state.selected);
  const cursor = useLab((state) => state.cursor);
  const log = useLab((state) => state.log);
  const original = useLab((state) => state.original);
  const booting = useLab((state) => state.boot !== null);
  const box = useRef<TextBoxHandle>(null);
  const isRun = ran === text;
  const marks = useMemo(
    () => (isRun ? marksAt(derivedOf(log), machine, cursor) : NOTHING),
    [isRun, machine, log, cursor],
  );
  return (
    <>
      <div className={classes.head} role="toolbar" aria-label={t('editor.tools')}>
        <ExampleMenu />
        <Tip label={t('editor.undo')}>
          <ActionIcon variant="subtle" aria-label={t('editor.undo')} onClick={() => box.current?.undo()}>
            <UndoIcon />
          </ActionIcon>
        </Tip>
        <Tip label={t('editor.redo')}>
          <ActionIcon variant="subtle" aria-label={t('editor.redo')} onClick={() => box.current?.redo()}>
            <RedoIcon />
          </ActionIcon>
        </Tip>
        <Tip label={t('editor.reset')}>
          <ActionIcon
            variant="subtle"
            aria-label={t('editor.reset')}
            disabled={original === null || original === text}
            onClick={() => void lab.edit(original ?? text)}
          >
            <ResetIcon />
          </ActionIcon>
        </Tip>
        <span className={classes.state} role="status">
          {isRun ? '' : t(ran === null ? 'editor.unrun' : 'editor.edited')}
        </span>
        <Button
          size="compact-sm"
          leftSection={<PlayIcon />}
          disabled={booting}
          onClick={() => void lab.runProgram()}
          data-testid="run-program"
        >
          {t('control.run')}
        </Button>
      </div>
      {booting ? <BootBar place="program" /> : null}
      <TextBox
        ref={box}
        text={text}
        label={t('editor.label')}
        marks={marks}
        focus={isRun ? lineInFocus(machine, selected) : null}
        onChange={(changed) => void lab.edit(changed)}
        onRun={() => void lab.runProgram()}
        onSelect={({ tid }) => lab.select(tid)}
      />
    </>
  );
}

function marksAt(derived: Derived, machine: MachineState, cursor: number): LineMarks {
  const threads = marksByLine(machine);
  const instructions = new Map<number, string>();
  for (const [line, there] of threads) {
    const leader = leaderOf(there);
    const instruction = leader === undefined ? null : derived.of(Instructions).of(leader.tid, cursor);
    if (instruction !== null) instructions.set(line, instruction);
  }
  return { threads, faults: faultsAt(derived, cursor), instructions };
}
