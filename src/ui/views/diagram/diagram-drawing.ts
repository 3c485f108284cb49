import { select } from 'd3-selection';
import type { Tid } from '../../../base/ids.ts';
import type { ArrowName } from './arrows.ts';
import type { DiagramLayout } from './diagram-layout.ts';
import type { DiagramWords } from './diagram-words.ts';
import { drawArrows } from './draw-arrows.ts';
import { drawPatterns } from './draw-patterns.ts';
import { drawFolds, drawHint, drawRails, drawRegions, drawRemainders, drawSlots } from './draw-regions.ts';
import { drawChips, drawRooms } from './draw-rooms.ts';
import { drawTokens, type TokenMarks } from './draw-tokens.ts';
import type { MotionPlan, Waypoint } from './motion-plan.ts';
import { round, type Layer } from './svg.ts';

export interface Picture {
  readonly layout: DiagramLayout;
  readonly words: DiagramWords;
  readonly lit: ReadonlyMap<ArrowName, string>;
  readonly deadlocked: boolean;
  readonly marks: TokenMarks;
}

/** From bottom to top. */
const LAYERS = ['regions', 'rails', 'slots', 'rooms', 'chips', 'arrows', 'remainders', 'tokens'] as const;
type LayerName = (typeof LAYERS)[number];

/** The drawing inside one svg element. It always shows the last picture; a motion is played on top of it. */
export class DiagramDrawing {
  readonly #layers: Readonly<Record<LayerName, Layer>>;
  #animations: readonly Animation[] = [];

  constructor(svg: SVGSVGElement) {
    const root = select(svg);
    root.selectAll('*').remove();
    drawPatterns(root);
    const layers = LAYERS.map((name): [LayerName, Layer] => [name, root.append('g').attr('class', `layer-${name}`)]);
    this.#layers = Object.fromEntries(layers) as Record<LayerName, Layer>;
  }

  draw({ layout, words, lit, deadlocked, marks }: Picture): void {
    const layers = this.#layers;
    drawRegions(layers.regions, layout, words, deadlocked);
    drawHint(layers.regions, layout);
    drawRails(layers.rails, layout);
    drawSlots(layers.slots, layout, words);
    drawRooms(layers.rooms, layout, words);
    drawChips(layers.chips, layout);
    drawArrows(layers.arrows, layout, words, lit);
    drawRemainders(layers.remainders, layout);
    drawFolds(layers.remainders, layout, words);
    drawTokens(layers.tokens, layout, marks);
  }

  /** Plays a motion that ends in what is drawn now. Resolves when it is over, or has been finished. */
  async play({ durationMs, ways, arrows }: MotionPlan): Promise<void> {
    this.finish();
    const animations: Animation[] = [];
    this.#layers.tokens.selectAll<SVGGElement, { thread: { tid: Tid } }>('g.token-place').each(function move({
      thread,
    }) {
      const way = ways.get(thread.tid);
      if (way !== undefined) animations.push(this.animate(way.map(keyframe), { duration: durationMs, id: 'way' }));
    });
    this.#layers.arrows.selectAll<SVGGElement, { name: ArrowName }>('g.arrow').each(function light({ name }) {
      const share = arrows.get(name);
      if (share !== undefined) animations.push(this.animate(lighting(share), { duration: durationMs, id: 'light' }));
    });
    this.#animations = animations;
    await Promise.allSettled(animations.map((animation) => animation.finished));
  }

  /** Ends the motion at once: what is drawn below it is its end. */
  finish(): void {
    for (const animation of this.#animations) animation.cancel();
    this.#animations = [];
  }

  get moving(): boolean {
    return this.#animations.some((animation) => animation.playState === 'running');
  }
}

/** No scaling: it would make the browser lay out the text of every token anew for every frame. */
function keyframe({ x, y, opacity, offset }: Waypoint): Keyframe {
  return { transform: `translate(${round(x)}px, ${round(y)}px)`, opacity, offset: Math.min(1, offset) };
}

/** Faint until a token sets out on it. */
function lighting(share: number): Keyframe[] {
  if (share === 0)
    return [
      { opacity: 0.35, offset: 0 },
      { opacity: 1, offset: 0.12 },
      { opacity: 1, offset: 1 },
    ];
  return [
    { opacity: 0.25, offset: 0 },
    { opacity: 0.25, offset: share },
    { opacity: 1, offset: Math.min(1, share + 0.08) },
    { opacity: 1, offset: 1 },
  ];
}
