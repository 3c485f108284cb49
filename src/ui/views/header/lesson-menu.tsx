import { Button, Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { CheckIcon, ChevronIcon } from '../icons/icons.tsx';

/** Which lesson is open, and all the others. */
export function LessonMenu({ className }: { className: string }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const current = useLab((state) => state.scenario);
  const lessons = useLab((state) => state.lessons);
  const done = useLab((state) => state.done);
  return (
    <Menu position="bottom-start" width={300} shadow="md">
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
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  );
}
