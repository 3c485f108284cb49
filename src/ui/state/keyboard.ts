/** What a key asks for. */
export type KeyAction =
  | { readonly kind: 'toggle-play' | 'step' | 'back' | 'start' | 'end' | 'help' | 'commands' }
  | { readonly kind: 'thread-event'; readonly direction: 1 | -1 }
  /** The `place`th Ready thread, from 1. */
  | { readonly kind: 'pick'; readonly place: number };

/** What is used of a keyboard event and its target. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** An input method is composing: the key belongs to it. */
  readonly isComposing: boolean;
  /** `tagName` and `type` in lower case, and the role, of what has the focus. */
  readonly tag: string;
  readonly type: string;
  readonly role: string;
  readonly isEditable: boolean;
}

const KEYLESS_INPUTS = ['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'color', 'file'];
/** Widgets that use the arrows, Home and End themselves. */
const ARROW_ROLES = [
  'slider',
  'tab',
  'menuitem',
  'option',
  'listbox',
  'radio',
  'spinbutton',
  'textbox',
  'combobox',
  'grid',
];
/** What the space bar presses. */
const PRESSED_ROLES = ['button', 'switch', 'checkbox', 'menuitem', 'tab', 'radio', 'option'];

function isTyping({ tag, type, isEditable, role }: KeyPress): boolean {
  if (isEditable || tag === 'textarea' || tag === 'select' || role === 'textbox') return true;
  return tag === 'input' && !KEYLESS_INPUTS.includes(type);
}

function usesArrows({ tag, type, role }: KeyPress): boolean {
  return (tag === 'input' && (type === 'range' || type === 'radio')) || ARROW_ROLES.includes(role);
}

function isPressedBySpace({ tag, role }: KeyPress): boolean {
  return ['button', 'input', 'summary', 'a'].includes(tag) || PRESSED_ROLES.includes(role);
}

/** Null: the key is none of ours, or belongs to what has the focus. */
export function keyAction(press: KeyPress): KeyAction | null {
  if (press.isComposing || press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    return press.key.toLowerCase() === 'k' && !press.shiftKey ? { kind: 'commands' } : null;
  }
  if (isTyping(press)) return null;
  if (press.key === '?') return { kind: 'help' };
  if (/^[1-9]$/.test(press.key)) return { kind: 'pick', place: Number(press.key) };
  if (press.key === ' ') return isPressedBySpace(press) ? null : { kind: 'toggle-play' };
  return usesArrows(press) ? null : arrowAction(press);
}

function arrowAction({ key, shiftKey }: KeyPress): KeyAction | null {
  switch (key) {
    case 'ArrowRight':
      return shiftKey ? { kind: 'thread-event', direction: 1 } : { kind: 'step' };
    case 'ArrowLeft':
      return shiftKey ? { kind: 'thread-event', direction: -1 } : { kind: 'back' };
    case 'Home':
      return { kind: 'start' };
    case 'End':
      return { kind: 'end' };
    default:
      return null;
  }
}

/** What `keyAction` has to know of an event. */
export function keyPressOf(event: KeyboardEvent): KeyPress {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
  const target = event.target instanceof HTMLElement ? event.target : null;
  return {
    key,
    ctrlKey,
    metaKey,
    altKey,
    shiftKey,
    isComposing,
    tag: target?.tagName.toLowerCase() ?? '',
    type: target instanceof HTMLInputElement ? target.type : '',
    role: target?.getAttribute('role') ?? '',
    isEditable: target?.isContentEditable ?? false,
  };
}
