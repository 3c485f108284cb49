import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

interface MenuControl {
  readonly isOpen: boolean;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly toggle: () => void;
  /** Closes, and gives the focus back to the button. */
  readonly close: () => void;
  readonly onButtonKey: (event: KeyboardEvent) => void;
  readonly onListKey: (event: KeyboardEvent) => void;
}

/** What the arrow keys do among so many items, of which one has the focus; −1 = none. Null: the key is not the menu's. */
function itemAfter(key: string, focused: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (focused + 1) % count;
    case 'ArrowUp':
      return (Math.max(focused, 0) + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/**
 * A button with a menu, as the ARIA practices describe it: opens with the focus on the current item, arrows, Home and End move
 * it, Escape, Tab and a press outside close. `hasItems`: false while they are on their way.
 */
export function useMenu(hasItems = true): MenuControl {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!isOpen || !hasItems) return;
    const all = items();
    (all.find((item) => item.ariaCurrent === 'true') ?? all[0])?.focus();
    const closeOutside = ({ target }: PointerEvent): void => {
      const inside = target instanceof Node && [button, list].some(({ current }) => current?.contains(target));
      if (!inside) setIsOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen, hasItems]);

  return {
    isOpen,
    button,
    list,
    close,
    toggle: () => setIsOpen(!isOpen),
    onButtonKey(event) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setIsOpen(true);
    },
    onListKey(event) {
      const all = items();
      const next = itemAfter(event.key, all.indexOf(document.activeElement as HTMLElement), all.length);
      if (event.key === 'Escape') close();
      else if (event.key === 'Tab') setIsOpen(false);
      else if (next !== null) all[next]?.focus();
      else return;
      if (event.key !== 'Tab') event.preventDefault();
      event.stopPropagation();
    },
  };
}
