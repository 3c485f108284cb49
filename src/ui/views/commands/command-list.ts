import { POLICY_NAMES } from '../../../abi/config.ts';
import { MODES, type Language, type Scenario } from '../../state/lab.ts';
import { lab } from '../../state/use-lab.ts';
import { chooseRun, saveRun } from '../files/run-files.ts';
import type { Translate } from '../../texts/translate.ts';

/** Opens another dialog in place of this one. */
export type OpenDialog = (dialog: 'share' | 'help') => void;

export interface Command {
  readonly id: string;
  /** Group and name, as shown. */
  readonly group: string;
  readonly name: string;
  readonly run: () => void;
}

const OTHER_LANGUAGE = { zh: 'en', en: 'zh' } as const;
const THEMES = ['auto', 'light', 'dark'] as const;

/** What stands in the header, at its right. */
function pageCommands(t: Translate, lang: Language, open: OpenDialog): readonly Command[] {
  const other = OTHER_LANGUAGE[lang];
  return [
    { id: 'share', group: t('header.menu'), name: t('header.share'), run: () => open('share') },
    { id: 'help', group: t('header.menu'), name: t('header.help'), run: () => open('help') },
    {
      id: `language-${other}`,
      group: t('header.language'),
      name: t(`header.language.${other}`),
      run: () => lab.setLanguage(other),
    },
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      group: t('header.theme'),
      name: t(`header.theme.${theme}`),
      run: () => lab.setTheme(theme),
    })),
  ];
}

/** Everything that can be done by name: time, the page, lessons, policies. */
export function commandList(
  t: Translate,
  lang: Language,
  lessons: readonly Scenario[],
  open: OpenDialog,
): readonly Command[] {
  const time = [
    { id: 'play', name: t('control.play'), run: () => lab.play() },
    { id: 'start', name: t('control.start'), run: () => void lab.toStart() },
    { id: 'end', name: t('control.end'), run: () => void lab.toEnd() },
    { id: 'step', name: t('control.step'), run: () => void lab.step() },
    { id: 'back', name: t('control.back'), run: () => void lab.back() },
  ];
  return [
    ...time.map((command) => ({ ...command, group: t('panel.controls') })),
    ...pageCommands(t, lang, open),
    ...[
      { id: 'save-run', name: t('share.save'), run: saveRun },
      { id: 'open-run', name: t('share.open'), run: chooseRun },
    ].map((command) => ({ ...command, group: t('share.files') })),
    ...lessons.map((lesson) => ({
      id: `lesson-${lesson.id}`,
      group: t('header.lesson'),
      name: lesson.title[lang],
      run: () => void lab.openLesson(lesson.id),
    })),
    ...MODES.map((mode) => ({
      id: `mode-${mode}`,
      group: t('scheduler.mode'),
      name: t(`scheduler.mode.${mode}`),
      run: () => void lab.setMode(mode),
    })),
    ...POLICY_NAMES.map((policy) => ({
      id: `policy-${policy}`,
      group: t('scheduler.policy'),
      name: t(`policy.${policy}`),
      run: () => void lab.setConfig({ policy }),
    })),
  ];
}

/** Commands that have every word of the query in them, in their order; all when there is no query. */
export function matching(commands: readonly Command[], query: string): readonly Command[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return commands.filter((command) => {
    const text = `${command.group} ${command.name} ${command.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
