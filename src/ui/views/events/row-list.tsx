import { useLayoutEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { contentHeight, scrollTo, windowAt } from './row-window.ts';
import classes from './row-list.module.css';

interface RowListProps {
  readonly count: number;
  /** Height of every row, in pixels. */
  readonly row: number;
  /** Kept in view whenever it changes. */
  readonly focus: number;
  readonly label: string;
  readonly children: (index: number) => ReactNode;
}

/** A list of any length: only the rows in view are there. */
export function RowList({ count, row, focus, label, children }: RowListProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ scroll: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setSeen({ scroll: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || focus < 0) return;
    element.scrollTop = scrollTo(focus, count, row, element.scrollTop, element.clientHeight);
  }, [focus, count, row, seen.height]);
  const { first, end, top } = windowAt(count, row, seen.scroll, seen.height);
  return (
    <div ref={box} className={classes.box} tabIndex={0} role="region" aria-label={label}>
      <div style={{ height: contentHeight(count, row) }}>
        <ol className={classes.rows} style={{ height: 0, top: 0 }}>
          {Array.from({ length: end - first }, (_, i) => (
            <li
              key={first + i}
              aria-posinset={first + i + 1}
              aria-setsize={count}
              style={{ height: row, top: top + i * row }}
            >
              {children(first + i)}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
