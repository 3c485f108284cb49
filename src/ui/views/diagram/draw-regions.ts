import type { ThreadStateName } from '../../../replay/model.ts';
import { STATES, stateLook } from '../palette/state-look.ts';
import { bodyOf, HINT_LINE, type DiagramLayout, type Fold, type Remainder } from './diagram-layout.ts';
import type { DiagramWords } from './diagram-words.ts';
import { centre, right, type Rect } from './geometry.ts';
import type { Slot } from './running-layout.ts';
import { placeRect, round, translate, type Layer } from './svg.ts';
import { fitText, SMALLEST_FONT, textWidth } from './text-width.ts';

const TITLE_FONT = 12.5;
const BADGE = 24;

interface Title {
  readonly text: string;
  readonly badge: boolean;
  readonly count: boolean;
}

/** The most that fits of: icon, word with its English twin, number of threads. The word always stands. */
function titleFor(width: number, words: readonly [string, string], count: number): Title {
  const [full, plain] = words;
  const counted = count === 0 ? 0 : textWidth(String(count), TITLE_FONT) + 10;
  const room = width - 18;
  const wide = (text: string): number => textWidth(text, TITLE_FONT * 1.04);
  if (wide(full) + BADGE + counted <= room) return { text: full, badge: true, count: true };
  if (wide(plain) + BADGE + counted <= room) return { text: plain, badge: true, count: true };
  if (wide(plain) + BADGE <= room) return { text: plain, badge: true, count: false };
  return { text: fitText(plain, room + 6, TITLE_FONT), badge: false, count: false };
}

interface Region {
  readonly state: ThreadStateName;
  readonly rect: Rect;
  readonly title: Title;
  readonly total: number;
  readonly alarm: string;
}

export function drawRegions(layer: Layer, layout: DiagramLayout, words: DiagramWords, deadlocked: boolean): void {
  const regions: Region[] = STATES.map((state) => ({
    state,
    rect: layout.regions[state],
    title: titleFor(layout.regions[state].width, words.state(state), layout.counts[state]),
    total: layout.counts[state],
    alarm: deadlocked && state === 'Blocked' ? words.deadlock : '',
  }));
  const groups = layer
    .selectAll<SVGGElement, Region>('g.region')
    .data(regions, (region) => region.state)
    .join((enter) => {
      const group = enter
        .append('g')
        .attr('class', 'region')
        .attr('data-region', (region) => region.state);
      group.style('--state', (region) => stateLook(region.state).color);
      group.style('--state-soft', (region) => stateLook(region.state).soft);
      group.style('--state-ink', (region) => stateLook(region.state).ink);
      group.append('rect').attr('class', 'ground').attr('rx', 12);
      group.append('rect').attr('class', 'pattern').attr('rx', 12);
      const badge = group.append('g').attr('class', 'badge');
      badge.append('rect').attr('width', 17).attr('height', 17).attr('rx', 5);
      badge
        .append('path')
        .attr('d', (region) => stateLook(region.state).icon)
        .attr('transform', 'translate(2.5,2.5) scale(0.75)');
      group.append('text').attr('class', 'title');
      group.append('text').attr('class', 'count');
      group.append('text').attr('class', 'alarm');
      return group;
    });
  groups.classed('deadlock', (region) => region.alarm !== '');
  placeRect(groups.select<SVGRectElement>('rect.ground'), (region) => region.rect);
  placeRect(groups.select<SVGRectElement>('rect.pattern'), (region) => region.rect);
  groups.select('rect.pattern').attr('fill', (region) => `url(#sd-${stateLook(region.state).pattern})`);
  groups
    .select('g.badge')
    .attr('transform', ({ rect }) => translate({ x: rect.x + 8, y: rect.y + 6 }))
    .attr('display', ({ title }) => (title.badge ? null : 'none'));
  groups
    .select('text.title')
    .attr('x', ({ rect, title }) => rect.x + (title.badge ? 8 + BADGE - 1 : 9))
    .attr('y', ({ rect }) => rect.y + 19)
    .text(({ title }) => title.text);
  groups
    .select('text.count')
    .attr('x', ({ rect }) => right(rect) - 10)
    .attr('y', ({ rect }) => rect.y + 19)
    .text(({ title, total, alarm }) => (title.count && total > 0 && alarm === '' ? total : ''));
  groups
    .select('text.alarm')
    .attr('x', ({ rect }) => right(rect) - 10)
    .attr('y', ({ rect }) => rect.y + 19)
    .text(({ alarm }) => alarm);
}

/** What one can do in Ready. */
export function drawHint(layer: Layer, { hint, footer }: DiagramLayout): void {
  layer
    .selectAll<SVGTextElement, string>('text.hint')
    .data(hint)
    .join('text')
    .attr('class', 'hint')
    .attr('font-size', SMALLEST_FONT)
    .attr('x', round(centre(footer).x))
    .attr('y', (_, index) => round(centre(footer).y + (index - hint.length / 2) * HINT_LINE + 11))
    .text((line) => line);
}

export function drawSlots(layer: Layer, layout: DiagramLayout, words: DiagramWords): void {
  const threadOn = new Map(
    layout.tokens.flatMap(({ thread }) => (thread.state === 'Running' ? [[thread.cpu ?? 0, thread] as const] : [])),
  );
  const groups = layer
    .selectAll<SVGGElement, Slot>('g.slot')
    .data(layout.slots, (slot) => slot.cpu)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'slot');
      group.append('rect').attr('rx', 9);
      group.append('text').attr('class', 'label');
      group.append('text').attr('class', 'note');
      return group;
    });
  groups.attr('data-cpu', (slot) => slot.cpu).classed('idle', (slot) => !threadOn.has(slot.cpu));
  placeRect(groups.select<SVGRectElement>('rect'), (slot) => slot.rect);
  groups
    .select('text.label')
    .attr('text-anchor', 'start')
    .attr('x', (slot) => round(slot.rect.x + (slot.label === 'full' ? 7 : 5)))
    .attr('y', (slot) => round(slot.label === 'full' ? slot.rect.y + 14 : centre(slot.rect).y + 4))
    .text((slot) => (slot.label === 'full' ? words.cpu(slot.cpu) : slot.label === 'number' ? slot.cpu : ''));
  groups
    .select('text.note')
    .attr('x', (slot) => round(centre(slot.rect).x))
    .attr('y', (slot) =>
      round(threadOn.has(slot.cpu) ? slot.token.y + slot.token.height + 15 : centre(slot.token).y + 4),
    )
    .text((slot) => noteOf(slot, threadOn.get(slot.cpu)?.line, threadOn.has(slot.cpu), words));
}

function noteOf(slot: Slot, line: number | null | undefined, busy: boolean, words: DiagramWords): string {
  if (!busy) return fitText(slot.label === 'full' ? words.idle : '', slot.rect.width - 8, SMALLEST_FONT);
  return slot.note && typeof line === 'number' ? fitText(words.line(line), slot.rect.width - 8, SMALLEST_FONT) : '';
}

/** The lines on which the queue stands, pointing to where its front leaves. */
export function drawRails(layer: Layer, layout: DiagramLayout): void {
  const body = bodyOf(layout.regions.Ready);
  const rows = new Set(
    layout.tokens.filter(({ thread, hidden }) => thread.state === 'Ready' && !hidden).map(({ at }) => round(at.y)),
  );
  if (rows.size === 0) rows.add(round(centre(body).y));
  const [from, to] = [round(body.x - 4), round(right(body) + 5)];
  layer
    .selectAll<SVGPathElement, number>('path.rail')
    .data([...rows])
    .join('path')
    .attr('class', 'rail')
    .attr('d', (y) => `M${from},${y}H${to}m-4,-4l4,4l-4,4`);
}

export function drawRemainders(layer: Layer, layout: DiagramLayout): void {
  layer
    .selectAll<SVGTextElement, Remainder>('text.remainder')
    .data(layout.remainders, (remainder) => remainder.key)
    .join('text')
    .attr('class', 'remainder')
    .attr('x', ({ rect }) => round(centre(rect).x))
    .attr('y', ({ rect }) => round(centre(rect).y + 4))
    .text(({ count }) => `+${count}`);
}

/** As many words as fit for what is folded away. */
export function drawFolds(layer: Layer, layout: DiagramLayout, words: DiagramWords): void {
  const saying = ({ count, rect }: Fold): string =>
    textWidth(words.folded(count), SMALLEST_FONT) <= rect.width ? words.folded(count) : `+${count}`;
  const texts = layer
    .selectAll<SVGTextElement, Fold>('text.fold')
    .data(layout.folds, ({ state }) => state)
    .join((enter) => {
      const text = enter.append('text').attr('class', 'fold').attr('font-size', SMALLEST_FONT);
      text.append('tspan');
      text.append('title');
      return text;
    })
    .attr('x', ({ rect }) => round(centre(rect).x))
    .attr('y', ({ rect }) => round(centre(rect).y + 4));
  texts.select('tspan').text(saying);
  texts.select('title').text(({ count }) => words.folded(count));
}
