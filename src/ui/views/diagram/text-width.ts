/**
 * How wide a text will be, without asking the browser: the layout must be the same in Node and on the page. The widths are
 * those of a wide font (DejaVu Sans), so with any usual one the text comes out a little narrower than promised.
 */
export const SMALLEST_FONT = 11;

const NARROW = /[iljtfrI.,:;'|! \u00a0()[\]]/u;
const BROAD = /[mwMW@%—→⇄]/u;
const CAPITAL = /[A-Z&]/u;
/** Han, kana, Hangul, full-width forms and everything beyond the basic plane: one em. */
const SQUARE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{10000}-\u{10ffff}]/u;

function emsOf(character: string): number {
  if (SQUARE.test(character)) return 1;
  if (NARROW.test(character)) return 0.38;
  if (BROAD.test(character)) return 0.98;
  if (CAPITAL.test(character)) return 0.7;
  return 0.62;
}

/** How much wider bold text is. Give its functions the font size times this. */
export const BOLD = 1.1;

export function textWidth(text: string, fontPx: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * fontPx;
}

/** The text, or as much of it as fits, ending in an ellipsis. Empty when not even that fits. */
export function fitText(text: string, width: number, fontPx: number): string {
  if (textWidth(text, fontPx) <= width) return text;
  let room = width - textWidth('…', fontPx);
  if (room < 0) return '';
  let kept = '';
  for (const character of text) {
    room -= textWidth(character, fontPx);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The same for a name; of `forks[3]` it keeps the `[3]`: that tells it from its siblings. */
export function fitName(name: string, width: number, fontPx: number): string {
  const index = /\[\d+\]$/.exec(name)?.[0];
  if (index === undefined || textWidth(name, fontPx) <= width) return fitText(name, width, fontPx);
  const stem = fitText(name.slice(0, -index.length), width - textWidth(index, fontPx), fontPx);
  return stem === '' ? fitText(name, width, fontPx) : `${stem}${index}`;
}

/**
 * Breaks between words; within a run of Han only where that saves the end from being cut, so that no character stands alone.
 * What does not fit into the last line is cut.
 */
export function wrapText(text: string, width: number, fontPx: number, maxLines: number): readonly string[] {
  const whole = linesOf(pieces(text, WORDS, width, fontPx), width, fontPx);
  return whole.length <= maxLines ? whole : cutWrap(text, width, fontPx, maxLines);
}

function cutWrap(text: string, width: number, fontPx: number, maxLines: number): readonly string[] {
  const lines = linesOf(pieces(text, CHARACTERS, width, fontPx), width, fontPx);
  if (lines.length <= maxLines) return lines;
  const rest = lines.slice(maxLines - 1).join(' ');
  return [...lines.slice(0, maxLines - 1), fitText(rest, width, fontPx)];
}

function linesOf(parts: readonly string[], width: number, fontPx: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of parts) {
    if (line !== '' && textWidth((line + piece).trimEnd(), fontPx) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines;
}

/** Words with the space after them; one that does not break belongs to its word. */
const WORDS = /(?:\u00a0|\S)+(?:(?!\u00a0)\s)*|\s+/gu;
/** The same, but Han characters stand alone, with the mark that follows them. */
const CHARACTERS =
  /[\u2e80-\ua4cf\uf900-\uff60][，。；：、）]?|(?:\u00a0|[^\s\u2e80-\ua4cf\uf900-\uff60])+(?:(?!\u00a0)\s)*|\s+/gu;

/** Parts of words wider than a line stand alone, too. */
function pieces(text: string, parts: RegExp, width: number, fontPx: number): readonly string[] {
  const words = text.match(parts) ?? [];
  return words.flatMap((word) => (textWidth(word.trimEnd(), fontPx) <= width ? [word] : [...word]));
}
