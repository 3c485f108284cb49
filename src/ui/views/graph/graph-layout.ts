import type { ObjectId, Tid } from '../../../base/ids.ts';
import type { WaitCycle, WaitEdge, WaitForGraph } from '../../../replay/wait-for-graph.ts';

/** `t3`: a thread. `o5`: an object. */
export type NodeKey = `t${number}` | `o${number}`;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly key: NodeKey;
  /** x and y are its centre. */
  readonly width: number;
  readonly inCycle: boolean;
}

export interface PlacedEdge {
  readonly edge: WaitEdge;
  readonly path: string;
  readonly inCycle: boolean;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The middle of each circle of waiting. */
  readonly centres: readonly Point[];
}

export const NODE_HEIGHT = 26;
/** Between a node and what it waits for; where that takes too much room. */
const LAYER = 56;
const SHORT_LAYER = 30;
const ROW = 40;
const MARGIN = 16;
/** By how much a crowded circle is drawn larger, again and again, until all have room. */
const SPREAD = 1.15;
/** Of a curve from its chord, as a share of the chord. */
const BULGE = 0.16;
/** The same for an arrow and the one that comes back along it. */
const BESIDE = 0.05;

const threadKey = (tid: Tid): NodeKey => `t${tid}`;
const objectKey = (object: ObjectId): NodeKey => `o${object}`;

function endsOf(edge: WaitEdge): readonly [from: NodeKey, to: NodeKey] {
  switch (edge.kind) {
    case 'waits-for':
      return [threadKey(edge.thread), objectKey(edge.object)];
    case 'joins':
      return [threadKey(edge.thread), threadKey(edge.target)];
    case 'held-by':
    case 'served-by':
    case 'kept-by':
      return [objectKey(edge.object), threadKey(edge.thread)];
  }
}

/**
 * A thread waits for one thing, and that has (nearly always) one holder: whatever hangs together is a tree whose arrows lead
 * to its root, or has one circle at its root. So trees are drawn in layers, root on the right, and circles as circles, with
 * their trees outside; a general layout would break the circle up, which is what one wants to see.
 *
 * @param widthOf the width of a node @param room the width within which parts stand beside each other
 */
export function layoutGraph(graph: WaitForGraph, widthOf: (key: NodeKey) => number, room: number): GraphLayout {
  const cyclic = new Map(graph.cycles.flatMap((cycle) => ringOf(cycle).map((key) => [key, cycle] as const)));
  const parts = partsOf(graph).map((keys) => {
    const part = placePart(keys, graph, cyclic, widthOf, room, LAYER);
    return part.width <= room ? part : placePart(keys, graph, cyclic, widthOf, room, SHORT_LAYER);
  });
  const nodes: PlacedNode[] = [];
  const centres: Point[] = [];
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > room) [x, y, rowHeight] = [0, y + rowHeight, 0];
    nodes.push(...part.nodes.map((node) => ({ ...node, x: node.x + x, y: node.y + y })));
    if (part.centre !== null) centres.push({ x: part.centre.x + x, y: part.centre.y + y });
    x += part.width;
    [rowHeight, width] = [Math.max(rowHeight, part.height), Math.max(width, x)];
  }
  const kept = new Set(graph.edges.flatMap((edge) => (edge.kind === 'kept-by' ? endsOf(edge) : [])));
  const marked = nodes.map((node) => (kept.has(node.key) ? { ...node, inCycle: true } : node));
  const placed = new Map(marked.map((node) => [node.key, node]));
  const edges = graph.edges.flatMap((edge): PlacedEdge[] => {
    const [from, to] = endsOf(edge);
    const [one, other] = [placed.get(from), placed.get(to)];
    if (one === undefined || other === undefined) return [];
    const isBack = kept.has(from) && kept.has(to);
    const inCycle = isBack || isLink(cyclic.get(from), from, to);
    return [{ edge, inCycle, path: pathOf(one, other, isBack ? BESIDE : inCycle ? BULGE : 0) }];
  });
  return { width, height: y + rowHeight, nodes: marked, edges, centres };
}

/** Its threads and the objects between them, in the order of waiting; of a join the row of who is joined, which is no node. */
function ringOf({ threads, objects }: WaitCycle): NodeKey[] {
  return threads.flatMap((tid, i) => {
    const object = objects[i];
    return object === undefined ? [threadKey(tid)] : [threadKey(tid), objectKey(object)];
  });
}

function isLink(cycle: WaitCycle | undefined, from: NodeKey, to: NodeKey): boolean {
  if (cycle === undefined) return false;
  const { threads, objects } = cycle;
  return threads.some((tid, i) => {
    const next = threadKey(threads[(i + 1) % threads.length] ?? tid);
    const object = objects[i] === undefined ? null : objectKey(objects[i]);
    return from === threadKey(tid) ? to === object || to === next : from === object && to === next;
  });
}

/** What hangs together, in order of its first node. */
function partsOf(graph: WaitForGraph): NodeKey[][] {
  const group = new Map<NodeKey, NodeKey[]>();
  for (const key of [...graph.threads.map(threadKey), ...graph.objects.map(objectKey)]) group.set(key, [key]);
  for (const edge of graph.edges) {
    const [from, to] = endsOf(edge);
    const [one, other] = [group.get(from), group.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    one.push(...other);
    for (const key of other) group.set(key, one);
  }
  return [...new Set(group.values())];
}

interface Part {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly centre: Point | null;
}

function placePart(
  keys: readonly NodeKey[],
  graph: WaitForGraph,
  cyclic: ReadonlyMap<NodeKey, WaitCycle>,
  widthOf: (key: NodeKey) => number,
  room: number,
  layer: number,
): Part {
  const next = new Map<NodeKey, NodeKey>();
  for (const edge of graph.edges) {
    const [from, to] = endsOf(edge);
    // It leads back along another arrow, and the nodes stand where that one wants them.
    if (edge.kind !== 'kept-by' && !next.has(from)) next.set(from, to);
  }
  const mine = new Set(keys);
  const first = keys.find((key) => cyclic.has(key));
  const cycle = first === undefined ? undefined : cyclic.get(first);
  const ring = cycle === undefined ? [] : ringOf(cycle).filter((key) => mine.has(key));
  const children = (key: NodeKey): NodeKey[] =>
    keys.filter((one) => next.get(one) === key && !ring.includes(one) && one !== key);
  const at = new Map<NodeKey, Point>();
  const roots = ring.length > 0 ? ring : keys.filter((key) => !next.has(key));
  if (ring.length > 0) placeRing(ring, children, at, widthOf, room);
  else placeTrees(roots, children, at, widthOf, layer);
  // What a second arrow of an object leads to hangs in no tree: it gets a row of its own.
  let lowest = Math.max(0, ...[...at.values()].map(({ y }) => y));
  for (const key of keys) if (!at.has(key)) at.set(key, { x: 0, y: (lowest += ROW) });
  return inBox(at, ring, widthOf, cyclic);
}

/** Root on the right; leaves below each other, a node at the height of the middle of its own. */
function placeTrees(
  roots: readonly NodeKey[],
  children: (key: NodeKey) => NodeKey[],
  at: Map<NodeKey, Point>,
  widthOf: (key: NodeKey) => number,
  layer: number,
): void {
  let leaf = 0;
  const place = (key: NodeKey, right: number): number => {
    const x = right - widthOf(key) / 2;
    at.set(key, { x, y: 0 });
    const ys = children(key)
      .filter((child) => !at.has(child))
      .map((child) => place(child, right - widthOf(key) - layer));
    const y = ys.length === 0 ? ROW * leaf++ : ((ys[0] ?? 0) + (ys.at(-1) ?? 0)) / 2;
    at.set(key, { x, y });
    return y;
  };
  for (const root of roots) place(root, 0);
}

/** Clockwise from the top; who waits for one of them stands outside, behind it. */
function placeRing(
  ring: readonly NodeKey[],
  children: (key: NodeKey) => NodeKey[],
  at: Map<NodeKey, Point>,
  widthOf: (key: NodeKey) => number,
  room: number,
): void {
  const widest = Math.max(...ring.map(widthOf));
  const wished = Math.max(84, ((widest + 24) * ring.length) / (2 * Math.PI));
  const x = Math.max(60, Math.min(wished, (room - widest) / 2 - MARGIN));
  // What it lacks in width it has in height.
  const radius = { x, y: Math.max(58, (58 * ring.length) / (2 * Math.PI)) + (wished - x) * 0.8 };
  const sector = (2 * Math.PI) / ring.length;
  const squeeze = Math.min(1, (wished - x) / x);
  const place = (key: NodeKey, depth: number, from: number, to: number): void => {
    const angle = evened((from + to) / 2, squeeze);
    const [rx, ry] = [radius.x + depth * (widest + 40), radius.y + depth * 56];
    at.set(key, { x: Math.sin(angle) * rx, y: -Math.cos(angle) * ry });
    const own = children(key).filter((child) => !at.has(child));
    const share = (to - from) / Math.max(1, own.length);
    for (const [i, child] of own.entries()) place(child, depth + 1, from + i * share, from + (i + 1) * share);
  };
  for (const key of ring) at.set(key, { x: 0, y: 0 });
  for (const [i, key] of ring.entries()) place(key, 0, (i - 0.5) * sector, (i + 0.5) * sector);
  spread(at, widthOf);
}

/** Moves all away from the middle until none lies upon another: many may wait behind the same one. */
function spread(at: Map<NodeKey, Point>, widthOf: (key: NodeKey) => number): void {
  while (hasOverlap([...at], widthOf)) {
    for (const [key, { x, y }] of at) at.set(key, { x: x * SPREAD, y: y * SPREAD });
  }
}

function hasOverlap(places: readonly (readonly [NodeKey, Point])[], widthOf: (key: NodeKey) => number): boolean {
  return places.some(([key, one], i) =>
    places.slice(i + 1).some(([otherKey, other]) => {
      const width = (widthOf(key) + widthOf(otherKey)) / 2;
      return Math.abs(one.x - other.x) < width && Math.abs(one.y - other.y) < NODE_HEIGHT;
    }),
  );
}

/**
 * On a ring that is much higher than wide, equal angles crowd the nodes at the top and at the bottom. So the more it is squeezed
 * (0: a circle … 1), the more they stand at equal heights instead, down the right side and up the left.
 *
 * @param angle from the top, clockwise, over −π
 */
function evened(angle: number, squeeze: number): number {
  const turned = angle > Math.PI ? angle - 2 * Math.PI : angle;
  const even = Math.acos(1 - (2 * Math.abs(turned)) / Math.PI);
  return (1 - squeeze) * turned + squeeze * Math.sign(turned) * even;
}

function inBox(
  at: ReadonlyMap<NodeKey, Point>,
  ring: readonly NodeKey[],
  widthOf: (key: NodeKey) => number,
  cyclic: ReadonlyMap<NodeKey, WaitCycle>,
): Part {
  const all = [...at].map(([key, { x, y }]) => ({ key, x, y, width: widthOf(key), inCycle: cyclic.has(key) }));
  const left = Math.min(...all.map(({ x, width }) => x - width / 2)) - MARGIN;
  const top = Math.min(...all.map(({ y }) => y)) - NODE_HEIGHT / 2 - MARGIN;
  const right = Math.max(...all.map(({ x, width }) => x + width / 2)) + MARGIN;
  const bottom = Math.max(...all.map(({ y }) => y)) + NODE_HEIGHT / 2 + MARGIN;
  return {
    width: right - left,
    height: bottom - top,
    nodes: all.map((node) => ({ ...node, x: node.x - left, y: node.y - top })),
    centre: ring.length === 0 ? null : { x: -left, y: -top },
  };
}

/** From border to border; a curve keeps to the left of its direction, which on a circle is the outside. */
function pathOf(from: PlacedNode, to: PlacedNode, bulge: number): string {
  if (from.key === to.key) {
    const top = from.y - NODE_HEIGHT / 2;
    return `M${round(from.x - 10)},${round(top)}C${round(from.x - 24)},${round(top - 30)},${round(from.x + 24)},${round(top - 30)},${round(from.x + 10)},${round(top - 3)}`;
  }
  const aim = between(from, to, bulge);
  const begin = border(from, aim, 2);
  const end = border(to, aim, 5);
  // Not the point aimed at: of a wide node that may lie within, and then the arrow would come back out of it.
  const middle = between(begin, end, bulge);
  return `M${round(begin.x)},${round(begin.y)}Q${round(middle.x)},${round(middle.y)},${round(end.x)},${round(end.y)}`;
}

/** The middle of two points, `bulge` times their distance to the left of the way. */
function between(one: Point, other: Point, bulge: number): Point {
  return {
    x: (one.x + other.x) / 2 + (other.y - one.y) * bulge,
    y: (one.y + other.y) / 2 - (other.x - one.x) * bulge,
  };
}

/** Where the way from the middle of a node to a point leaves its box, and `gap` further. */
function border(node: PlacedNode, towards: Point, gap: number): Point {
  const [dx, dy] = [towards.x - node.x, towards.y - node.y];
  const scale = Math.min(
    (node.width / 2 + gap) / Math.max(1e-6, Math.abs(dx)),
    (NODE_HEIGHT / 2 + gap) / Math.max(1e-6, Math.abs(dy)),
  );
  return { x: node.x + dx * scale, y: node.y + dy * scale };
}

const round = (value: number): number => Math.round(value * 10) / 10;
