import { Button, Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { CHAPTERS } from '../../state/chapters.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { CheckIcon, ChevronIcon } from '../icons/icons.tsx';
import classes from './header.module.css';

/** Which lesson is open, and all the others. */
export function LessonMenu({ className }: { className: string }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const current = useLab((state) => state.scenario);
  const done = useLab((state) => state.done);
  return (
    <Menu position="bottom-start" width="min(600px, calc(100vw - 16px))" shadow="md">
      <Menu.Target>
        <Button
          className={className}
          variant="default"
          size="sm"
          rightSection={<ChevronIcon />}
          aria-label={`${t('header.lesson')}: ${current.title[lang]}`}
          data-testid="lesson-menu"
        >
          {current.title[lang]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.lessons}>
        {CHAPTERS.map(({ title, lessons }) => (
          <section key={title.en} className={classes.chapter} role="group" aria-label={title[lang]}>
            <Menu.Label aria-hidden>{title[lang]}</Menu.Label>
            {lessons.map((lesson) => (
              <Menu.Item
                key={lesson.id}
                rightSection={done.includes(lesson.id) ? <CheckIcon /> : null}
                aria-current={lesson.id === current.id ? 'true' : undefined}
                onClick={() => void lab.openLesson(lesson.id)}
              >
                {lesson.title[lang]}
              </Menu.Item>
            ))}
          </section>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
