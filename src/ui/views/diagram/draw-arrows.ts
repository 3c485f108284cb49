import { select } from 'd3-selection';
import { stateLook } from '../palette/state-look.ts';
import { ARROW_ENDS, RARE_ARROWS, type Arrow, type ArrowName } from './arrows.ts';
import type { DiagramLayout } from './diagram-layout.ts';
import type { DiagramWords } from './diagram-words.ts';
import { clamp, type Point } from './geometry.ts';
import { round, type Layer } from './svg.ts';
import { BOLD, SMALLEST_FONT, textWidth, wrapText } from './text-width.ts';

const LINE_HEIGHT = 14;

interface DrawnArrow extends Arrow {
  /** Null: nobody goes along it. */
  readonly lit: string | null;
  readonly lines: readonly string[];
  readonly font: number;
}

/** Arrows with a quiet word each; those along which somebody went in this step are lit and say who, and why. */
export function drawArrows(
  layer: Layer,
  layout: DiagramLayout,
  words: DiagramWords,
  lit: ReadonlyMap<ArrowName, string>,
): void {
  const font = layout.arrangement === 'wide' ? 12 : SMALLEST_FONT;
  const shown = layout.arrows
    .filter(({ name }) => !RARE_ARROWS.has(name) || lit.has(name))
    .map((arrow) => withWords(arrow, lit.get(arrow.name) ?? null, restingWord(arrow.name, words, lit), font));
  const groups = layer
    .selectAll<SVGGElement, DrawnArrow>('g.arrow')
    .data(shown, (arrow) => arrow.name)
    .join((enter) => {
      const group = enter
        .append('g')
        .attr('class', 'arrow')
        .attr('data-arrow', (arrow) => arrow.name);
      group.style('--state', (arrow) => stateLook(ARROW_ENDS[arrow.name][1]).color);
      group.style('--state-ink', (arrow) => stateLook(ARROW_ENDS[arrow.name][1]).ink);
      group.append('path').attr('class', 'shaft');
      group.append('path').attr('class', 'head').attr('d', 'M0,0L-8,-4.2L-6.2,0L-8,4.2Z');
      group.append('text');
      return group;
    });
  groups.classed('lit', (arrow) => arrow.lit !== null);
  groups.select('path.shaft').attr('d', shaft);
  groups.select('path.head').attr('transform', headTransform);
  groups.select<SVGTextElement>('text').each(function write(arrow) {
    writeLines(this, arrow);
  });
}

/** The usual end gives way to the words of a rare one, which stand in the same place. */
function restingWord(name: ArrowName, words: DiagramWords, lit: ReadonlyMap<ArrowName, string>): string {
  return name === 'exit' && [...RARE_ARROWS].some((rare) => lit.has(rare)) ? '' : words.arrow(name);
}

function withWords(arrow: Arrow, lit: string | null, resting: string, font: number): DrawnArrow {
  const most = Math.max(1, Math.floor((arrow.label.height + 2) / LINE_HEIGHT));
  const text = lit ?? resting;
  return { ...arrow, lit, lines: wrapText(text, arrow.label.width, lit === null ? font : font * BOLD, most), font };
}

const at = ({ x, y }: Point): string => `${round(x)},${round(y)}`;

function shaft({ curve: [a, b, c, d] }: Arrow): string {
  return `M${at(a)}C${at(b)} ${at(c)} ${at(d)}`;
}

function headTransform({ curve: [, , c, d] }: Arrow): string {
  const angle = (Math.atan2(d.y - c.y, d.x - c.x) * 180) / Math.PI;
  return `translate(${round(d.x)},${round(d.y)}) rotate(${round(angle)})`;
}

function lineUp({ label, anchor, focus, lines, font }: DrawnArrow): { x: number; anchor: Arrow['anchor'] } {
  if (focus !== undefined) {
    const half = Math.max(0, ...lines.map((line) => textWidth(line, font * BOLD))) / 2;
    return { x: clamp(focus, label.x + half, label.x + label.width - half), anchor: 'middle' };
  }
  const x = label.x + (anchor === 'start' ? 0 : anchor === 'middle' ? label.width / 2 : label.width);
  return { x, anchor };
}

function writeLines(element: SVGTextElement, arrow: DrawnArrow): void {
  const { label, align, lines, font } = arrow;
  const { x, anchor } = lineUp(arrow);
  const height = lines.length * LINE_HEIGHT;
  const spare = label.height - height;
  const top = label.y + (align === 'top' ? 0 : align === 'middle' ? spare / 2 : spare);
  const text = select(element).attr('text-anchor', anchor).attr('font-size', font);
  text
    .selectAll('tspan')
    .data(lines)
    .join('tspan')
    .attr('x', round(x))
    .attr('y', (_, index) => round(top + (index + 1) * LINE_HEIGHT - 3.5))
    .text((line) => line);
}
