import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, type MouseEvent, type ReactElement, type RefObject } from 'react';
import { runsIn } from '../../state/run-spec.ts';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { Questions } from './questions.tsx';
import classes from './lesson.module.css';

/** The one that follows in the order of the lessons; none after the last. */
function NextLesson(): ReactElement | null {
  const t = useText();
  const next = useLab(({ lessons, scenario }) => lessons[lessons.findIndex(({ id }) => id === scenario.id) + 1]);
  if (next === undefined) return null;
  return (
    <Button
      className={classes.next ?? ''}
      variant="light"
      size="sm"
      mt="md"
      fullWidth
      onClick={() => void lab.openLesson(next.id)}
    >
      {t('lesson.next', { title: next.title })}
    </Button>
  );
}

/** A lesson whose run was seen to its end is ticked off. */
function useTickOff(): void {
  const id = useLab((state) => state.scenario.id);
  const seen = useLab((state) => state.machine.end !== null);
  useEffect(() => {
    if (seen) lab.markDone(id);
  }, [id, seen]);
}

/** Another lesson is read from its beginning: whoever chose it below the last one's text would not see that it is another. */
function useBeginning(id: string): RefObject<HTMLElement | null> {
  const article = useRef<HTMLElement>(null);
  const shown = useRef(id);
  useEffect(() => {
    if (shown.current === id) return;
    shown.current = id;
    article.current?.parentElement?.scrollTo({ top: 0, behavior: 'instant' });
    // Narrow pages scroll as a whole.
    if ((article.current?.getBoundingClientRect().top ?? 0) < 0)
      article.current?.scrollIntoView({ behavior: 'instant' });
  }, [id]);
  return article;
}

/** A text is written along one run: whoever runs the other program is told. */
function OtherProgram(): ReactElement | null {
  const t = useText();
  const other = useLab(({ engine, scenario }) => engine === 'py' && runsIn(scenario, 'ts'));
  return other ? <p className={classes.other}>{t('lesson.otherProgram')}</p> : null;
}

/** Title, one sentence, predict-first questions, and the text whose links lead to events of the run. */
export function Lesson(): ReactElement {
  const lang = useLab((state) => state.lang);
  const engine = useLab((state) => state.engine);
  const scenario = useLab((state) => state.scenario);
  const { text, questions } = useLab((state) => state.files);
  useTickOff();
  const article = useBeginning(scenario.id);
  const follow = useCallback((event: MouseEvent<HTMLElement>) => {
    const anchor = (event.target as HTMLElement).closest<HTMLElement>('a[data-event]')?.dataset['event'];
    if (anchor === undefined) return;
    event.preventDefault();
    void lab.goToEvent(anchor);
  }, []);
  return (
    <article
      ref={article}
      className={classes.lesson}
      lang={lang === 'zh' ? 'zh-CN' : 'en'}
      data-runs={engine}
      data-testid="lesson"
    >
      <h1 className={classes.title}>{scenario.title[lang]}</h1>
      <p className={classes.summary}>{scenario.summary[lang]}</p>
      <Questions key={scenario.id} questions={questions} />
      <OtherProgram />
      {/* Made from our own Markdown at build time, raw HTML escaped there. The links inside are keyboard-reachable. */}
      <div onClick={follow} role="presentation" dangerouslySetInnerHTML={{ __html: text[lang] }} />
      <NextLesson />
    </article>
  );
}
