import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitText, textWidth, wrapText } from './text-width.ts';

const texts = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    'P2 waits: lock `tickets_lock`',
    '读者二 等待: 保护共享缓冲区写入操作的互斥锁',
    'averyveryverylongnamewithoutspaces',
  ),
);

describe('text without a browser', () => {
  test('a Chinese character is as wide as it is high', () => {
    expect(textWidth('互斥锁', 12)).toBe(36);
  });

  test('fitText never gives more than there is room for', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 300 }), (text, width) => {
        expect(textWidth(fitText(text, width, 12), 12)).toBeLessThanOrEqual(width + 1e-6);
      }),
    );
  });

  test('wrapText keeps to width and number of lines', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 300 }), fc.integer({ min: 1, max: 4 }), (text, width, most) => {
        const lines = wrapText(text, width, 12, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width + 1e-6);
      }),
    );
  });

  test('wrapText breaks at a space, but at none that does not break', () => {
    expect(wrapText('调度 · CPU\u00a00', 60, 12, 3)).toEqual(['调度 ·', 'CPU\u00a00']);
  });

  test('nothing is lost when the room suffices', () => {
    const text = 'P2, P3 woken by P1';
    expect(wrapText(text, 60, 12, 9).join(' ')).toBe(text);
    expect(wrapText('读者二等待', 30, 12, 9).join('')).toBe('读者二等待');
  });
});
