import type { ReactElement } from 'react';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import type { Drawing, Shape } from './drawing.ts';
import classes from './objects.module.css';

interface ObjectDrawingProps {
  readonly drawing: Drawing;
  /** What it shows, in words. */
  readonly label: string;
}

/** The picture of an object; the threads in it are real buttons, so that they light up and can be reached by keyboard. */
export function ObjectDrawing({ drawing, label }: ObjectDrawingProps): ReactElement {
  const { width, height, shapes, badges } = drawing;
  return (
    <div className={classes.drawing} style={{ width, height }}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {shapes.map((shape, index) => (
          <ShapeMark key={`${index}`} shape={shape} />
        ))}
      </svg>
      {badges.map(({ tid, name, x, y }) => (
        <span key={`${tid}-${x}-${y}`} className={classes.badge} style={{ left: x, top: y }}>
          <ThreadBadge tid={tid} name={name} />
        </span>
      ))}
    </div>
  );
}

function ShapeMark({ shape }: { readonly shape: Shape }): ReactElement {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, radius, look } = shape;
      return <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={radius} data-look={look} />;
    }
    case 'path':
      return <path d={shape.path} transform={`translate(${shape.x},${shape.y})`} data-look={shape.look} />;
    case 'text':
      return (
        <text x={shape.x} y={shape.y} textAnchor={shape.anchor} data-look={shape.look}>
          {shape.text}
        </text>
      );
  }
}
