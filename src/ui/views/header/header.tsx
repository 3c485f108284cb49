import { ActionIcon, Button, useComputedColorScheme } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { lab, useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { HelpIcon, MoonIcon, ShareIcon, SunIcon } from '../icons/icons.tsx';
import { Tip } from '../tip/tip.tsx';
import { Transport } from '../transport/transport.tsx';
import { Brand } from './brand.tsx';
import { LessonMenu } from './lesson-menu.tsx';
import classes from './header.module.css';

interface HeaderProps {
  readonly onShare: () => void;
  readonly onHelp: () => void;
}

/** Lesson, time, link, language, theme, help. */
export function Header({ onShare, onHelp }: HeaderProps): ReactElement {
  const t = useText();
  const embed = useLab((state) => state.embed);
  return (
    <header className={classes.header}>
      {embed ? null : <Brand className={classes.brand ?? ''} />}
      <LessonMenu className={classes.lesson ?? ''} />
      <span className={classes.grow} />
      <div className={classes.transport}>
        <Transport />
      </div>
      <span className={classes.grow} />
      <div className={classes.tools}>
        <Tool name={t('header.share')} onClick={onShare}>
          <ShareIcon />
        </Tool>
        <LanguageSwitch />
        <ThemeSwitch />
        <Tool name={t('header.help')} onClick={onHelp}>
          <HelpIcon />
        </Tool>
      </div>
    </header>
  );
}

function Tool({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }): ReactElement {
  return (
    <Tip label={name}>
      <ActionIcon variant="subtle" size="lg" aria-label={name} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tip>
  );
}

/** Names the language it switches to, in that language. */
function LanguageSwitch(): ReactElement {
  const lang = useLab((state) => state.lang);
  const next = lang === 'zh' ? 'en' : 'zh';
  return (
    <Button
      variant="subtle"
      size="compact-md"
      px={8}
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => lab.setLanguage(next)}
      data-testid="language"
    >
      {next === 'zh' ? '中文' : 'EN'}
    </Button>
  );
}

function ThemeSwitch(): ReactElement {
  const t = useText();
  const scheme = useComputedColorScheme('light');
  const dark = scheme === 'dark';
  return (
    <Tool
      name={dark ? t('header.theme.light') : t('header.theme.dark')}
      onClick={() => lab.setTheme(dark ? 'light' : 'dark')}
    >
      {dark ? <SunIcon /> : <MoonIcon />}
    </Tool>
  );
}
