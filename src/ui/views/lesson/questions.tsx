import { useState, type ReactElement } from 'react';
import type { Question } from '../../state/lab.ts';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import classes from './lesson.module.css';

/** Predict first: one guess per question; the verdict and the reason follow it. */
export function Questions({ questions }: { questions: readonly Question[] }): ReactElement {
  const engine = useLab((state) => state.engine);
  const asked = questions.filter(({ program }) => (program ?? engine) === engine);
  return (
    <>
      {asked.map((question) => (
        <QuestionCard key={question.prompt.en} question={question} />
      ))}
    </>
  );
}

function QuestionCard({ question }: { question: Question }): ReactElement {
  const t = useText();
  const lang = useLab((state) => state.lang);
  const [guess, setGuess] = useState<number | null>(null);
  const verdict = (index: number): 'right' | 'wrong' | undefined => {
    if (guess === null) return undefined;
    if (index === question.answer) return 'right';
    return index === guess ? 'wrong' : undefined;
  };
  return (
    <fieldset className={classes.question}>
      <legend>
        <span className={classes.badge}>{t('lesson.predict')}</span>
        {question.prompt[lang]}
      </legend>
      <div className={classes.choices}>
        {question.choices.map((choice, index) => (
          <button
            key={choice.en}
            type="button"
            className={classes.choice}
            data-verdict={verdict(index)}
            aria-pressed={guess === index}
            aria-disabled={guess !== null}
            onClick={() => setGuess(guess ?? index)}
          >
            {choice[lang]}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        {guess === null ? null : (
          <p className={classes.because}>
            <strong>{guess === question.answer ? t('lesson.right') : t('lesson.wrong')}</strong>{' '}
            {question.because[lang]}
          </p>
        )}
      </div>
    </fieldset>
  );
}
