import { useEffect, useState, type ReactElement } from 'react';
import { useText } from '../../texts/use-text.ts';
import classes from './files.module.css';

/** A file that is dropped anywhere on the page is opened as a saved run. */
export function DropZone(): ReactElement | null {
  const t = useText();
  const [over, setOver] = useState(false);
  useEffect(() => listen(setOver), []);
  return over ? <div className={classes.drop}>{t('saved.drop')}</div> : null;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Listens to the whole page; returns how to stop. */
function listen(setOver: (over: boolean) => void): () => void {
  const onOver = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    // Or the browser would leave the page for the file.
    event.preventDefault();
    setOver(true);
  };
  const onLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) setOver(false);
  };
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer?.files ?? [];
    // Few visits see a file: what reads one comes with it.
    if (file !== undefined) void import('./run-files.ts').then(({ openRun }) => openRun(file));
  };
  window.addEventListener('dragover', onOver);
  window.addEventListener('dragleave', onLeave);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onOver);
    window.removeEventListener('dragleave', onLeave);
    window.removeEventListener('drop', onDrop);
  };
}
