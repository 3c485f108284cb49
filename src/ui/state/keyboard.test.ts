import { describe, expect, it } from 'vitest';
import { keyAction, type KeyPress } from './keyboard.ts';

const NOWHERE: KeyPress = {
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  tag: 'body',
  type: '',
  role: '',
  isEditable: false,
};
const press = (change: Partial<KeyPress>) => keyAction({ ...NOWHERE, ...change });

describe('a key', () => {
  it.each([
    [{ key: ' ' }, { kind: 'toggle-play' }],
    [{ key: 'ArrowRight' }, { kind: 'step' }],
    [{ key: 'ArrowLeft' }, { kind: 'back' }],
    [
      { key: 'ArrowRight', shiftKey: true },
      { kind: 'thread-event', direction: 1 },
    ],
    [
      { key: 'ArrowLeft', shiftKey: true },
      { kind: 'thread-event', direction: -1 },
    ],
    [{ key: 'Home' }, { kind: 'start' }],
    [{ key: 'End' }, { kind: 'end' }],
    [{ key: '1' }, { kind: 'pick', place: 1 }],
    [{ key: '9' }, { kind: 'pick', place: 9 }],
    [{ key: '?', shiftKey: true }, { kind: 'help' }],
    [{ key: 'k', ctrlKey: true }, { kind: 'commands' }],
    [{ key: 'K', metaKey: true }, { kind: 'commands' }],
  ] as const)('%o asks for %o', (change, action) => {
    expect(press(change)).toEqual(action);
  });

  it.each([
    [{ key: '0' }],
    [{ key: 'x' }],
    [{ key: 'Tab' }],
    [{ key: 'ArrowUp' }],
    [{ key: 'ArrowRight', altKey: true }],
    [{ key: 'ArrowRight', ctrlKey: true }],
    [{ key: '1', metaKey: true }],
    [{ key: ' ', isComposing: true }],
  ])('%o is left to the browser', (change) => {
    expect(press(change)).toBeNull();
  });

  it.each([
    [{ tag: 'input', type: 'text' }],
    [{ tag: 'input', type: 'number' }],
    [{ tag: 'textarea' }],
    [{ tag: 'select' }],
    [{ tag: 'div', isEditable: true }],
  ])('is text, while %o has the focus', (focus) => {
    for (const key of [' ', 'ArrowRight', '1', '?', 'Home']) expect(press({ ...focus, key })).toBeNull();
    expect(press({ ...focus, key: 'k', ctrlKey: true })).toEqual({ kind: 'commands' });
  });

  it('belongs to the control that has the focus and uses it', () => {
    expect(press({ tag: 'button', key: ' ' })).toBeNull();
    expect(press({ tag: 'button', key: 'ArrowRight' })).toEqual({ kind: 'step' });
    expect(press({ tag: 'div', role: 'slider', key: 'ArrowRight' })).toBeNull();
    expect(press({ tag: 'div', role: 'slider', key: ' ' })).toEqual({ kind: 'toggle-play' });
    expect(press({ tag: 'button', role: 'tab', key: 'ArrowLeft' })).toBeNull();
    expect(press({ tag: 'button', role: 'tab', key: '?' })).toEqual({ kind: 'help' });
  });
});
