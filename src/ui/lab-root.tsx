import { MantineProvider } from '@mantine/core';
import { useEffect, type ReactElement } from 'react';
import { useLab } from './state/use-lab.ts';
import { theme } from './theme.ts';
import { Shell } from './views/shell/shell.tsx';

/** The views inside what they need: the look of the controls, the theme of the device or the one chosen, the language. */
export function Lab(): ReactElement {
  const chosen = useLab((state) => state.theme);
  const lang = useLab((state) => state.lang);
  const title = useLab((state) => state.scenario.title[state.lang]);
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    document.title = `${title} · Procession`;
  }, [lang, title]);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      {...(chosen === 'auto' ? {} : { forceColorScheme: chosen })}
    >
      <Shell />
    </MantineProvider>
  );
}
