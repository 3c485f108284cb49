import { select } from 'd3-selection';
import { ThreadKind } from '../../../abi/slot.ts';
import type { Tid } from '../../../base/ids.ts';
import type { ThreadView } from '../../../replay/model.ts';
import { MARK_PATHS, threadLook } from '../palette/thread-look.ts';
import type { DiagramLayout, TokenPlace } from './diagram-layout.ts';
import { round, translate, type Layer } from './svg.ts';
import { fitText } from './text-width.ts';
import { NOTE_GAP, type TokenSize } from './token-size.ts';

export interface TokenMarks {
  readonly selected: Tid | null;
  readonly hovered: Tid | null;
  /** What a screen reader says of a thread. */
  readonly describe: (token: TokenPlace) => string;
}

/**
 * One token a thread, joined by tid: it is the same element for the whole run. Its note stands beside it and moves with it, but
 * is no part of the button: what a button shows must be found in its label, word for word.
 */
export function drawTokens(layer: Layer, layout: DiagramLayout, marks: TokenMarks): void {
  const places = layer
    .selectAll<SVGGElement, TokenPlace>('g.token-place')
    .data(layout.tokens, ({ thread }) => thread.tid)
    .join((enter) => {
      const place = enter.append('g').attr('class', 'token-place');
      place.style('--thread', ({ thread }) => threadLook(thread.tid).color);
      place.style('--thread-text', ({ thread }) => threadLook(thread.tid).ink);
      const group = place.append('g').attr('class', 'token').attr('role', 'button');
      group.append('rect').attr('class', 'ring');
      group.append('rect').attr('class', 'body');
      group.append('rect').attr('class', 'hatch');
      group.append('path').attr('class', 'mark');
      // What they say is part of the group's label.
      group.append('text').attr('class', 'token-name').attr('aria-hidden', 'true');
      place.append('text').attr('class', 'token-note').attr('aria-hidden', 'true');
      return place;
    });
  places
    .attr('data-tid', ({ thread }) => thread.tid)
    .attr('transform', ({ at }) => translate(at))
    .classed('hidden', ({ hidden }) => hidden);
  const groups = places
    .select<SVGGElement>('g.token')
    .attr('data-tid', ({ thread }) => thread.tid)
    .attr('data-state', ({ thread }) => thread.state)
    .classed('library', ({ thread }) => thread.kind === ThreadKind.LIBRARY)
    .classed('dot', ({ size }) => size.font === 0)
    .classed('selected', ({ thread }) => thread.tid === marks.selected)
    .classed('hovered', ({ thread }) => thread.tid === marks.hovered)
    .attr('tabindex', ({ hidden }) => (hidden ? null : 0))
    .attr('aria-hidden', ({ hidden }) => (hidden ? 'true' : null))
    .attr('aria-pressed', ({ thread }) => String(thread.tid === marks.selected))
    .attr('aria-label', (token) => marks.describe(token));
  for (const part of ['ring', 'body', 'hatch'] as const) {
    const grow = ({ size }: TokenPlace): number => (part !== 'ring' ? 0 : size.height < 18 ? 1.5 : 3.5);
    groups
      .select(`rect.${part}`)
      .attr('x', (token) => -token.size.width / 2 - grow(token))
      .attr('y', (token) => -token.size.height / 2 - grow(token))
      .attr('width', (token) => token.size.width + 2 * grow(token))
      .attr('height', (token) => token.size.height + 2 * grow(token))
      .attr('rx', (token) => cornerOf(token) + grow(token));
  }
  writeTokens(layer, marks);
  places
    .select('text.token-note')
    .attr('x', ({ size }) => size.width / 2 + NOTE_GAP)
    .attr('y', 4)
    .text(({ note }) => note ?? '');
}

/** Blocked tokens have corners, all others are round. */
function cornerOf({ thread, size }: TokenPlace): number {
  return thread.state === 'Blocked' ? size.height * 0.22 : size.height / 2;
}

function nameOn(thread: ThreadView, size: TokenSize): string {
  return size.font === 0 ? '' : fitText(thread.shortName, size.width - size.mark - 4, size.font);
}

function writeTokens(layer: Layer, { describe }: TokenMarks): void {
  const groups = layer.selectAll<SVGGElement, TokenPlace>('g.token');
  groups
    .select('path.mark')
    .attr('d', ({ thread, size }) => (size.font > 0 && size.mark === 0 ? '' : MARK_PATHS[threadLook(thread.tid).mark]))
    .attr('transform', ({ size }) => {
      const radius = size.font === 0 ? size.height * 0.3 : size.mark * 0.36;
      const x = size.font === 0 ? 0 : -size.width / 2 + size.height * 0.22 + size.mark * 0.6;
      return `translate(${round(x)},0) scale(${round(radius)})`;
    });
  groups
    .select('text.token-name')
    .attr('font-size', ({ size }) => size.font)
    .attr('x', ({ thread, size }) => round(threadLook(thread.tid).mark === 'none' ? 0 : size.mark / 2))
    .attr('y', ({ size }) => round(size.font * 0.36))
    .text(({ thread, size }) => nameOn(thread, size));
  // Where the token does not say its name, pointing at it does.
  groups.each(function title(token) {
    const { thread, size } = token;
    const cut = nameOn(thread, size) !== thread.shortName;
    select(this)
      .selectAll('title')
      .data(cut ? [describe(token)] : [])
      .join('title')
      .text((text) => text);
  });
}
