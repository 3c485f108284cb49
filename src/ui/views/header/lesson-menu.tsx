import { Button, UnstyledButton } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import { CHAPTERS } from '../../state/chapters.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { CheckIcon, ChevronIcon } from '../icons/icons.tsx';
import { useMenu } from './use-menu.ts';
import classes from './header.module.css';

/** Which lesson is open, and all the others. */
export function LessonMenu({ className }: { className: string }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const current = useLab((state) => state.scenario);
  const id = useId();
  const { isOpen, button, list, toggle, close, onButtonKey, onListKey } = useMenu();
  return (
    <div className={classes.menu}>
      <Button
        ref={button}
        id={`${id}-button`}
        className={className}
        variant="default"
        size="sm"
        rightSection={<ChevronIcon />}
        aria-label={`${t('header.lesson')}: ${current.title[lang]}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={toggle}
        onKeyDown={onButtonKey}
        data-testid="lesson-menu"
      >
        {current.title[lang]}
      </Button>
      {isOpen ? (
        <div
          ref={list}
          id={id}
          className={classes.lessons}
          role="menu"
          tabIndex={-1}
          aria-labelledby={`${id}-button`}
          onKeyDown={onListKey}
        >
          <Lessons onChosen={close} />
        </div>
      ) : null}
    </div>
  );
}

function Lessons({ onChosen }: { onChosen: () => void }): ReactElement {
  const lang = useLab((state) => state.lang);
  const current = useLab((state) => state.scenario);
  const done = useLab((state) => state.done);
  const open = (id: string): void => {
    onChosen();
    void lab.openLesson(id);
  };
  return (
    <div className={classes.columns}>
      {CHAPTERS.map(({ title, lessons }) => (
        <section key={title.en} className={classes.chapter} role="group" aria-label={title[lang]}>
          <div className={classes.chapterTitle} aria-hidden>
            {title[lang]}
          </div>
          {lessons.map((lesson) => (
            <UnstyledButton
              key={lesson.id}
              className={classes.item}
              role="menuitem"
              tabIndex={-1}
              aria-current={lesson.id === current.id ? 'true' : undefined}
              onClick={() => open(lesson.id)}
            >
              {lesson.title[lang]}
              {done.includes(lesson.id) ? <CheckIcon /> : null}
            </UnstyledButton>
          ))}
        </section>
      ))}
    </div>
  );
}
