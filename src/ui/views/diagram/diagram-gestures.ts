import { select } from 'd3-selection';
import { asTid, type Tid } from '../../../base/ids.ts';

/** What a reader can do with a token, by mouse, finger or keyboard. */
export interface DiagramActions {
  readonly onHover: (tid: Tid | null) => void;
  readonly onSelect: (tid: Tid | null) => void;
  /** Asks for the thread to run next; false: it cannot, and nothing has happened. */
  readonly onPick: (tid: Tid) => boolean;
  /** A press on a token picks at once, where that is what one is here for. */
  readonly pressPicks: boolean;
}

function threadUnder(target: EventTarget | null): Tid | null {
  const element = target instanceof Element ? target.closest('[data-tid]') : null;
  return element === null ? null : asTid(Number(element.getAttribute('data-tid')));
}

function click({ target, detail }: MouseEvent, { onSelect, onPick, pressPicks }: DiagramActions): void {
  const tid = threadUnder(target);
  if (pressPicks && tid !== null && isToken(target)) {
    // The second click of a double click was meant for where the thread was.
    if (detail > 1 || onPick(tid)) return;
  }
  onSelect(tid);
}

/** A holder's name is about a thread, but is not the thread. */
function isToken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.token') !== null;
}

/**
 * Click selects (or picks at once, see `pressPicks`), on the ground it deselects; double click picks; Enter picks or else
 * selects, Space selects. Focus counts as pointing. The keys go no further, because Space and Enter mean something else to the page.
 * `actions` is asked anew each time. Returns what undoes it.
 */
export function listen(svg: SVGSVGElement, actions: () => DiagramActions): () => void {
  const root = select(svg);
  let pointed: Tid | null = null;
  const point = (tid: Tid | null): void => {
    if (tid === pointed) return;
    pointed = tid;
    actions().onHover(tid);
  };
  root
    .on('pointerover.diagram', (event: PointerEvent) => point(threadUnder(event.target)))
    .on('pointerleave.diagram', (event: PointerEvent) => {
      // On its way to the button that belongs to the token the pointer leaves the drawing, but not the token.
      if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest('.run-next') !== null)) point(null);
      pointed = null;
    })
    .on('focusin.diagram', (event: FocusEvent) => point(threadUnder(event.target)))
    .on('focusout.diagram', () => point(null))
    .on('click.diagram', (event: MouseEvent) => click(event, actions()))
    .on('dblclick.diagram', (event: MouseEvent) => {
      const tid = threadUnder(event.target);
      if (tid !== null && !actions().pressPicks) actions().onPick(tid);
    })
    .on('keydown.diagram', (event: KeyboardEvent) => {
      const tid = threadUnder(event.target);
      if (tid === null || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === ' ' || !actions().onPick(tid)) actions().onSelect(tid);
    });
  return () => {
    root.on('.diagram', null);
  };
}
