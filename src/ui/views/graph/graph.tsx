import { useElementSize } from '@mantine/hooks';
import type { ReactElement } from 'react';
import type { MachineState } from '../../../replay/model.ts';
import { waitForGraph, type WaitForGraph } from '../../../replay/wait-for-graph.ts';
import { useLab } from '../../state/use-lab.ts';
import { useText } from '../../texts/use-text.ts';
import { fitText, textWidth } from '../diagram/text-width.ts';
import { badgeWidth } from '../objects/drawing.ts';
import { ThreadBadge } from '../thread-badge/thread-badge.tsx';
import { layoutGraph, NODE_HEIGHT, type GraphLayout, type NodeKey } from './graph-layout.ts';
import { cycleWords, edgeWords, nodeWords } from './graph-words.ts';
import classes from './graph.module.css';

const FONT = 12;
const WIDEST = 190;
const USUAL_ROOM = 640;
/** Left and right, as `graph.module.css` has it. */
const PADDING = 24;

/** Who waits for whom at the cursor; a circle of waiting is drawn as one. */
export function Graph(): ReactElement {
  const t = useText();
  const machine = useLab((state) => state.machine);
  const { ref: box, width } = useElementSize<HTMLDivElement>();
  const graph = waitForGraph(machine);
  if (graph.edges.length === 0) return <p className={classes.empty}>{t('graph.empty')}</p>;
  const label = (key: NodeKey): string => fitText(nodeWords(t, machine, key), WIDEST - 20, FONT);
  const widthOf = (key: NodeKey): number =>
    key.startsWith('t') ? badgeWidth(label(key)) : textWidth(label(key), FONT) + 20;
  const layout = layoutGraph(graph, widthOf, width > 0 ? width - PADDING : USUAL_ROOM);
  return (
    <div ref={box} className={classes.scroll} tabIndex={0} role="region" aria-label={t('tab.graph')}>
      {graph.cycles.map((cycle) => (
        <p key={cycle.threads.join('-')} className={classes.cycle}>
          <strong>{t('graph.cycle')}</strong> {cycleWords(t, machine, cycle)}
        </p>
      ))}
      <p className={classes.about}>{t('graph.about')}</p>
      <Picture layout={layout} machine={machine} label={label} />
      <Edges graph={graph} layout={layout} machine={machine} />
    </div>
  );
}

interface PictureProps {
  readonly layout: GraphLayout;
  readonly machine: MachineState;
  readonly label: (key: NodeKey) => string;
}

/** Threads are real buttons over the drawing; the list below says all of it in words. */
function Picture({ layout, machine, label }: PictureProps): ReactElement {
  const { width, height, nodes, edges } = layout;
  return (
    <div className={classes.picture} style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true">
        <defs>
          {['wait', 'cycle'].map((name) => (
            <marker
              key={name}
              id={`graph-${name}`}
              viewBox="0 0 8 8"
              refX="6"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0.5 0.5L7 4L0.5 7.5z" data-arrow={name} />
            </marker>
          ))}
        </defs>
        {edges.map(({ path, edge, inCycle }) => (
          <path
            key={path}
            d={path}
            data-edge={edge.kind}
            data-cycle={inCycle ? '' : undefined}
            markerEnd={`url(#graph-${inCycle ? 'cycle' : 'wait'})`}
          />
        ))}
        {nodes
          .filter(({ key }) => key.startsWith('o'))
          .map(({ key, x, y, width: wide, inCycle }) => (
            <g key={key} data-cycle={inCycle ? '' : undefined}>
              <rect x={x - wide / 2} y={y - NODE_HEIGHT / 2} width={wide} height={NODE_HEIGHT} rx={5} />
              <text x={x} y={y + 4} textAnchor="middle">
                {label(key)}
              </text>
            </g>
          ))}
      </svg>
      {nodes
        .filter(({ key }) => key.startsWith('t'))
        .map(({ key, x, y }) => {
          const thread = machine.threads.find(({ tid }) => tid === Number(key.slice(1)));
          return thread === undefined ? null : (
            <span key={key} className={classes.thread} style={{ left: x, top: y }}>
              <ThreadBadge tid={thread.tid} name={thread.shortName} />
            </span>
          );
        })}
    </div>
  );
}

interface EdgesProps {
  readonly graph: WaitForGraph;
  readonly layout: GraphLayout;
  readonly machine: MachineState;
}

function Edges({ graph, layout, machine }: EdgesProps): ReactElement {
  const t = useText();
  const inCycle = new Set(layout.edges.filter((placed) => placed.inCycle).map(({ edge }) => edge));
  return (
    <>
      <h3 className={classes.title}>{t('graph.edges')}</h3>
      <ul className={classes.edges}>
        {graph.edges.map((edge) => {
          const words = edgeWords(t, machine, edge);
          return (
            <li key={words} data-cycle={inCycle.has(edge) ? '' : undefined}>
              {words}
              {inCycle.has(edge) ? <small>{t('graph.inCycle')}</small> : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
