import { clamp, panBy, spotAt, zoomAt, type Frame, type Spot, type View } from './timeline-layout.ts';

/** What the gestures are made on. */
export interface GestureTarget {
  readonly frame: Frame;
  readonly view: View;
  /** Ticks of the run. */
  readonly extent: number;
  /** Where the cursor stands, on the canvas. */
  readonly cursorX: number;
  /** The user moved or zoomed the picture. */
  look(view: View): void;
  /** The cursor is being dragged to this tick; `grabbed` is false when it is let go. */
  drag(tick: number, grabbed: boolean): void;
  click(spot: Spot): void;
  /** The pointer rests here, without a button; null when it has left. */
  point(spot: Spot | null, x: number, y: number): void;
}

interface Contact {
  x: number;
  y: number;
}

type Mode = 'none' | 'press' | 'pan' | 'cursor' | 'pinch';

/** A press that moves less than this is a click. */
const CLICK_PIXELS = 4;
const GRAB_PIXELS = { mouse: 5, touch: 16 };
const ZOOM_PER_WHEEL_PIXEL = 0.0022;
const WHEEL_LINE_PIXELS = 30;

/**
 * Pointers, wheel and touch on the canvas: drag the cursor (on it, or anywhere on the axis), drag the picture, pinch, wheel
 * to zoom around the pointer, shift + wheel or a sideways wheel to pan, wheel over the labels to scroll the lanes.
 */
export class TimelineGestures {
  readonly #canvas: HTMLCanvasElement;
  readonly #target: GestureTarget;
  readonly #contacts = new Map<number, Contact>();
  readonly #listening = new AbortController();
  #mode: Mode = 'none';
  #travelled = 0;

  constructor(canvas: HTMLCanvasElement, target: GestureTarget) {
    this.#canvas = canvas;
    this.#target = target;
    const { signal } = this.#listening;
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.#move(event), { signal });
    canvas.addEventListener('pointerup', (event) => this.#lift(event, true), { signal });
    canvas.addEventListener('pointercancel', (event) => this.#lift(event, false), { signal });
    canvas.addEventListener('pointerleave', () => this.#target.point(null, 0, 0), { signal });
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
  }

  /** True while the user holds the cursor or the picture: nothing else may move the view then. */
  get holding(): boolean {
    return this.#mode !== 'none';
  }

  stop(): void {
    this.#listening.abort();
  }

  #press(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button > 1) return;
    const { x, y } = this.#place(event);
    this.#canvas.setPointerCapture(event.pointerId);
    this.#contacts.set(event.pointerId, { x, y });
    this.#target.point(null, 0, 0);
    this.#travelled = 0;
    if (this.#contacts.size > 1) this.#mode = 'pinch';
    else this.#mode = this.#grabs(x, y, event.pointerType) ? 'cursor' : 'press';
    if (this.#mode === 'cursor') this.#drag(x);
  }

  #move(event: PointerEvent): void {
    const { x, y } = this.#place(event);
    const contact = this.#contacts.get(event.pointerId);
    if (contact === undefined) return this.#hover(x, y, event.pointerType);
    const dx = x - contact.x;
    const dy = y - contact.y;
    this.#travelled += Math.abs(dx) + Math.abs(dy);
    if (this.#mode === 'press' && this.#travelled > CLICK_PIXELS) this.#mode = 'pan';
    if (this.#mode === 'press') return;
    if (this.#mode === 'pinch') this.#pinch(event.pointerId, x, y);
    contact.x = x;
    contact.y = y;
    if (this.#mode === 'cursor') this.#drag(x);
    else if (this.#mode === 'pan') {
      this.#target.look(panBy(this.#target.frame, this.#target.view, dx, dy, this.#target.extent));
    }
  }

  #lift(event: PointerEvent, meant: boolean): void {
    const contact = this.#contacts.get(event.pointerId);
    if (contact === undefined) return;
    this.#contacts.delete(event.pointerId);
    const { frame, view } = this.#target;
    const was = this.#mode;
    // A finger that stays after a pinch pans on.
    this.#mode = this.#contacts.size > 0 ? 'pan' : 'none';
    if (was === 'cursor') this.#target.drag(this.#tickUnder(contact.x), false);
    else if (was === 'press' && meant) this.#target.click(spotAt(frame, view, contact.x, contact.y));
  }

  #wheel(event: WheelEvent): void {
    const { x, y } = this.#place(event);
    const { frame, view, extent } = this.#target;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE_PIXELS : 1;
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    event.preventDefault();
    if (event.ctrlKey) this.#target.look(zoomAt(frame, view, x, Math.exp(-dy * ZOOM_PER_WHEEL_PIXEL * 4), extent));
    else if (event.shiftKey) this.#target.look(panBy(frame, view, -(dx + dy), 0, extent));
    else if (Math.abs(dx) > Math.abs(dy)) this.#target.look(panBy(frame, view, -dx, 0, extent));
    else if (event.altKey || x < frame.gutter) this.#target.look(panBy(frame, view, 0, -dy, extent));
    else this.#target.look(zoomAt(frame, view, x, Math.exp(-dy * ZOOM_PER_WHEEL_PIXEL), extent));
    this.#hover(x, y, 'mouse');
  }

  /** Precondition: the contact still has its place before the move. */
  #pinch(moved: number, x: number, y: number): void {
    const before = [...this.#contacts.values()].slice(0, 2);
    const after = [...this.#contacts].slice(0, 2).map(([id, contact]) => (id === moved ? { x, y } : contact));
    const [a, b] = before;
    const [c, d] = after;
    if (a === undefined || b === undefined || c === undefined || d === undefined) return;
    const { frame, view, extent } = this.#target;
    const spread = Math.abs(a.x - b.x) < 8 ? 1 : Math.abs(c.x - d.x) / Math.abs(a.x - b.x);
    const shifted = panBy(frame, view, (c.x + d.x - a.x - b.x) / 2, (c.y + d.y - a.y - b.y) / 2, extent);
    this.#target.look(zoomAt(frame, shifted, (c.x + d.x) / 2, clamp(spread, 0.5, 2), extent));
  }

  #hover(x: number, y: number, pointer: string): void {
    if (pointer === 'touch') return;
    const { frame, view } = this.#target;
    const spot = spotAt(frame, view, x, y);
    this.#canvas.style.cursor = this.#grabs(x, y, pointer) ? 'ew-resize' : cursorOver(spot);
    this.#target.point(spot, x, y);
  }

  #grabs(x: number, y: number, pointer: string): boolean {
    const { frame, view, cursorX } = this.#target;
    if (x < frame.gutter) return false;
    const reach = pointer === 'touch' ? GRAB_PIXELS.touch : GRAB_PIXELS.mouse;
    return spotAt(frame, view, x, y).area === 'axis' || Math.abs(x - cursorX) <= reach;
  }

  #drag(x: number): void {
    const { frame, view, extent } = this.#target;
    const beyond = x - clamp(x, frame.gutter, frame.width);
    if (beyond !== 0) this.#target.look(panBy(frame, view, -beyond / 2, 0, extent));
    this.#target.drag(this.#tickUnder(x), true);
  }

  #tickUnder(x: number): number {
    const { frame, view, extent } = this.#target;
    const inside = clamp(x, frame.gutter, frame.width);
    return clamp(view.start + (inside - frame.gutter) / view.scale, 0, extent);
  }

  #place(event: MouseEvent): Contact {
    const box = this.#canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

function cursorOver(spot: Spot): string {
  if (spot.area === 'label' || spot.area === 'lane' || spot.area === 'cpu') return 'pointer';
  return 'default';
}
