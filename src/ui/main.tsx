import '@mantine/core/styles.css';
import './theme.css';
import './views/palette/palette.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { boot } from './boot.ts';
import { Lab } from './lab-root.tsx';

await boot();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <Lab />
  </StrictMode>,
);
