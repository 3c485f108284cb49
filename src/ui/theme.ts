import { createTheme, type MantineThemeOverride } from '@mantine/core';

const SANS = [
  'Inter',
  'system-ui',
  '-apple-system',
  '"Segoe UI"',
  'Roboto',
  '"PingFang SC"',
  '"Microsoft YaHei"',
  '"Noto Sans CJK SC"',
  '"Noto Sans SC"',
  'sans-serif',
].join(', ');

const MONO = [
  '"JetBrains Mono"',
  'ui-monospace',
  '"SF Mono"',
  'Menlo',
  'Consolas',
  '"DejaVu Sans Mono"',
  '"Noto Sans Mono CJK SC"',
  'monospace',
].join(', ');

/** The look of controls; states and threads have a palette of their own (`views/palette`). */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: '650' },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    // Bluish, as the surfaces of theme.css are.
    dark: [
      '#e6e9f0',
      '#c3cad8',
      '#a3adbf',
      '#79849a',
      '#3b4454',
      '#2c3442',
      '#222834',
      '#1a1e26',
      '#151920',
      '#101319',
    ],
    ink: ['#eef3fb', '#dbe5f4', '#b5c9e8', '#8cabdc', '#7ba0e0', '#4a78c4', '#3a68b6', '#2c579f', '#234785', '#19376b'],
  },
});
