import { select, type Selection } from 'd3-selection';
import { PartRole } from '../../../abi/objects.ts';
import type { Tid } from '../../../base/ids.ts';
import type { ThreadView } from '../../../replay/model.ts';
import { threadLook } from '../palette/thread-look.ts';
import type { Compartment } from './blocked-layout.ts';
import type { DiagramLayout } from './diagram-layout.ts';
import type { DiagramWords } from './diagram-words.ts';
import { centre, right } from './geometry.ts';
import { PLACE_ICONS } from './place-icons.ts';
import { CHIP_FONT, valueText, type Chip } from './shelf-layout.ts';
import { placeRect, round, translate, type Layer } from './svg.ts';
import { BOLD, fitName, fitText, SMALLEST_FONT, textWidth } from './text-width.ts';
import { placeKindOf, type PipeAtPlace, type WaitingPlace } from './waiting-places.ts';

const TITLE_FONT = 12 * BOLD;

/** How a compartment's object stands: words, and between them the token of a thread. */
interface Status {
  readonly before: string;
  readonly thread: ThreadView | null;
  readonly after: string;
}

interface Room extends Compartment {
  readonly name: string;
  readonly word: string;
  readonly status: Status;
}

export function drawRooms(layer: Layer, layout: DiagramLayout, words: DiagramWords): void {
  const threads = new Map(layout.tokens.map(({ thread }) => [thread.tid, thread]));
  const rooms = layout.compartments.map((compartment) => furnished(compartment, threads, words));
  const groups = layer
    .selectAll<SVGGElement, Room>('g.room')
    .data(rooms, (room) => room.place.key)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'room');
      group.append('rect').attr('class', 'wall').attr('rx', 9);
      group.append('path').attr('class', 'icon');
      group.append('text').attr('class', 'name');
      group.append('text').attr('class', 'word');
      group.append('text').attr('class', 'status before');
      group.append('g').attr('class', 'holder');
      group.append('text').attr('class', 'status after');
      return group;
    });
  groups.attr('data-place', (room) => room.place.key).classed('empty', (room) => room.waiters.length === 0);
  placeRect(groups.select<SVGRectElement>('rect.wall'), (room) => room.rect);
  groups
    .select('path.icon')
    .attr('d', (room) => PLACE_ICONS[room.place.kind])
    .attr('transform', ({ rect }) => `${translate({ x: rect.x + 7, y: rect.y + 5 })} scale(0.9)`);
  groups.each(function write(room) {
    writeRoom(this, room);
  });
}

function furnished(compartment: Compartment, threads: ReadonlyMap<Tid, ThreadView>, words: DiagramWords): Room {
  const { place } = compartment;
  const name =
    place.object?.name ?? (place.awaited === null ? words.place(place.kind) : words.join(place.awaited.shortName));
  const word = place.object === null ? '' : words.place(place.kind);
  return { ...compartment, name, word, status: statusOf(place, threads, words) };
}

const only = (before: string): Status => ({ before, thread: null, after: '' });

function statusOf(place: WaitingPlace, threads: ReadonlyMap<Tid, ThreadView>, words: DiagramWords): Status {
  const { object } = place;
  if ((place.kind === 'lock' || place.kind === 'rlock') && object !== null) {
    const holder = object.holder === null ? undefined : threads.get(object.holder);
    const [before, after] = words.heldBy;
    return holder === undefined
      ? only(words.free)
      : { before, thread: holder, after: after + words.depth(object.depth) };
  }
  if (place.kind === 'event' && object !== null && object.flag !== null) return only(words.flag(object.flag));
  if (place.kind === 'manager' && place.awaited !== null) {
    return { before: `${words.role(PartRole.SERVER)} `, thread: place.awaited, after: '' };
  }
  if (place.awaited !== null) return { before: '', thread: place.awaited, after: words.state(place.awaited.state)[1] };
  if (place.kind === 'counter' && object !== null) return only(words.counter(object.value ?? 0, object.limit));
  if (place.kind === 'barrier' && object !== null) return only(words.arrived(object));
  if (place.pipe !== null) return only(pipeWords(place.kind, place.pipe, place.roles, words));
  if (object !== null && object.pool !== null) return only(words.tasks(object.pool.waits, object.pool.done));
  if (place.kind === 'result') return only(words.notReady);
  if (object !== null && object.value !== null) return only(valueText(object.value));
  return only(place.waiters.some(({ blocked }) => (blocked?.until ?? null) !== null) ? words.until : '');
}

/** A queue says how many items it has, a pipe who writes and who reads; both, at which of their parts one waits. */
function pipeWords(
  kind: WaitingPlace['kind'],
  { view, writers, readers }: PipeAtPlace,
  roles: WaitingPlace['roles'],
  words: DiagramWords,
): string {
  const ends = `${writers.join(' ') || words.closed} → ${readers.join(' ') || words.closed}`;
  const first = kind === 'queue' ? words.items(view.messages) : `${words.bytes(view.sent - view.received)} · ${ends}`;
  return [first, ...roles.map(words.role)].join(' · ');
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

/** Words are cut to the room there is: name first, then the status, then the kind of object. */
function writeRoom(element: SVGGElement, room: Room): void {
  const { rect, lines, status } = room;
  const group = select(element);
  const end = right(rect) - 8;
  // In one line the name makes room for the status: who holds a lock matters more than what it is called.
  const beside = lines === 2 ? 0 : Math.min(statusWidth(shorter(status)) + 8, (end - rect.x - 9) * 0.6);
  // And where that is too little, the icon goes: all rooms that are so small are of one kind.
  const hasIcon = lines === 2 || textWidth(room.name, TITLE_FONT) <= end - rect.x - 26 - beside;
  const left = rect.x + (hasIcon ? 26 : 9);
  group.select('path.icon').attr('display', hasIcon ? null : 'none');
  const name = fitName(room.name, end - left - beside, TITLE_FONT);
  const behind = left + textWidth(name, TITLE_FONT) + 8;
  group
    .select('text.name')
    .attr('x', round(left))
    .attr('y', round(rect.y + 17))
    .text(name);
  const wordFits = lines === 2 && behind + textWidth(room.word, SMALLEST_FONT) <= end && room.word !== room.name;
  group
    .select('text.word')
    .attr('x', round(end))
    .attr('y', round(rect.y + 17))
    .text(wordFits ? room.word : '');
  if (lines === 2) writeStatus(group, status, rect.x + 9, end, rect.y + 36);
  else writeStatus(group, shorter(status), Math.max(behind, end - statusWidth(shorter(status))), end, rect.y + 17);
}

/** One line for everything: the token alone says who holds it. */
function shorter(status: Status): Status {
  return status.thread === null ? status : { before: '', thread: status.thread, after: '' };
}

function statusWidth({ before, thread, after }: Status): number {
  const name = thread === null ? 0 : textWidth(thread.shortName, SMALLEST_FONT) + 12;
  return textWidth(before, SMALLEST_FONT) + name + textWidth(after, SMALLEST_FONT) + (thread === null ? 0 : 4);
}

function writeStatus(group: Group, status: Status, x: number, end: number, y: number): void {
  const shown = x + statusWidth(status) <= end ? status : shorter(status);
  const fits = x + statusWidth(shown) <= end + 1;
  const { thread } = shown;
  const before = fits ? shown.before : thread === null ? fitText(shown.before, end - x, SMALLEST_FONT) : '';
  group.select('text.before').attr('x', round(x)).attr('y', round(y)).text(before);
  const tokenAt = x + textWidth(before, SMALLEST_FONT);
  const width = thread === null ? 0 : textWidth(thread.shortName, SMALLEST_FONT) + 12;
  drawMini(group.select<SVGGElement>('g.holder'), fits ? thread : null, tokenAt, y, width);
  group
    .select('text.after')
    .attr('x', round(tokenAt + width + 4))
    .attr('y', round(y))
    .text(fits ? shown.after : '');
}

/** A thread named inside a sentence: lights up and selects like a token, but is not one. */
function drawMini(
  holder: Selection<SVGGElement, unknown, null, undefined>,
  thread: ThreadView | null,
  x: number,
  y: number,
  width: number,
): void {
  holder
    .selectAll<SVGGElement, ThreadView>('g.mini')
    .data(thread === null ? [] : [thread])
    .join((enter) => {
      const mini = enter.append('g').attr('class', 'mini').attr('aria-hidden', 'true');
      mini.append('rect').attr('height', 16).attr('rx', 8);
      mini.append('text').attr('y', 12);
      return mini;
    })
    .attr('data-tid', ({ tid }) => tid)
    .attr('transform', translate({ x, y: y - 12 }))
    .style('--thread', ({ tid }) => threadLook(tid).color)
    .style('--thread-text', ({ tid }) => threadLook(tid).ink)
    .call((mini) => mini.select('rect').attr('width', round(width)))
    .call((mini) =>
      mini
        .select('text')
        .attr('x', round(width / 2))
        .text(({ shortName }) => shortName),
    );
}

export function drawChips(layer: Layer, layout: DiagramLayout): void {
  const groups = layer
    .selectAll<SVGGElement, Chip>('g.chip')
    .data(layout.chips, (chip) => chip.key)
    .join((enter) => {
      const group = enter.append('g').attr('class', 'chip');
      group.append('rect').attr('rx', 8);
      group.append('path').attr('class', 'icon');
      const text = group.append('text');
      text.append('tspan').attr('class', 'chip-name');
      text.append('tspan').attr('class', 'chip-value');
      return group;
    });
  placeRect(groups.select<SVGRectElement>('rect'), (chip) => chip.rect);
  groups
    .select('path.icon')
    .attr('d', ({ object }) => (object === null ? '' : PLACE_ICONS[placeKindOf(object.kind)]))
    .attr('transform', ({ rect }) => `${translate({ x: rect.x + 7, y: centre(rect).y - 7 })} scale(0.88)`);
  groups
    .select('text')
    .attr('font-size', CHIP_FONT)
    .attr('x', ({ rect, object }) => round(rect.x + (object === null ? 9 : 26)))
    .attr('y', ({ rect }) => round(centre(rect).y + 4));
  groups.select('tspan.chip-name').text(({ name }) => name);
  groups.select('tspan.chip-value').text(({ value }) => (value === '' ? '' : ` = ${value}`));
}
