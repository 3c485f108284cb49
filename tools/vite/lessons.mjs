import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { Marked } from 'marked';

/**
 * Vite plugin for the lessons' files, so that neither a highlighter nor a Markdown parser reaches the page:
 *
 *   import listing from './program.ts?listing'   a `Listing` of src/scenarios/scenario.ts: the source as written
 *   import html from './lesson.zh.md?html'       a string of HTML
 *
 * The lexers only choose class names: every character of a source or text goes through `escapeHtml`.
 */

const PARSERS = { ts: javascript.configure({ dialect: 'ts' }), py: python };

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * @param {string} source
 * @param {'ts' | 'py'} language
 */
export function listingOf(source, language) {
  const text = source.replace(/\r\n?/g, '\n').trimEnd();
  /** @type {string[]} */
  const lines = [];
  let line = '';
  const endLine = () => {
    lines.push(line);
    line = '';
  };
  highlightCode(
    text,
    PARSERS[language].parse(text),
    classHighlighter,
    (token, classes) => {
      line += classes === '' ? escapeHtml(token) : `<span class="${classes}">${escapeHtml(token)}</span>`;
    },
    endLine,
  );
  endLine();
  return { language, source: `${text}\n`, lines };
}

const EVENT = 'event:';
const WEB = /^https:\/\//;

/**
 * What is true of the program of one language only, and shown when that one is chosen:
 *
 *   ::: py
 *   Markdown
 *   :::
 *
 * @type {import('marked').TokenizerAndRendererExtension}
 */
const ofOneProgram = {
  name: 'ofOneProgram',
  level: 'block',
  start: (source) => source.match(/^:::/m)?.index,
  tokenizer(source) {
    const [raw, language, text = ''] = /^::: (ts|py)\n(.*?)\n:::(?:\n+|$)/s.exec(source) ?? [];
    if (raw === undefined) return undefined;
    return { type: 'ofOneProgram', raw, language, tokens: this.lexer.blockTokens(text) };
  },
  renderer(token) {
    return `<div data-program="${token['language']}">\n${this.parser.parse(token.tokens ?? [])}</div>\n`;
  },
};

const markdown = new Marked({
  async: false,
  extensions: [ofOneProgram],
  renderer: {
    /** Raw HTML in a text is shown as it was written, never executed. */
    html: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens);
      if (href.startsWith(EVENT))
        return `<a href="#" data-event="${escapeHtml(href.slice(EVENT.length))}">${inner}</a>`;
      if (WEB.test(href)) return `<a href="${escapeHtml(href)}" target="_blank" rel="noreferrer">${inner}</a>`;
      throw new Error(`the link "${href}" is neither event:… nor https://…`);
    },
    image({ href }) {
      throw new Error(`the image "${href}" cannot be shown: a lesson's text holds no images`);
    },
  },
});

/**
 * @param {string} text Markdown
 * @returns {string} HTML; links `event:…` have become `<a href="#" data-event="…">`, what is true of one program `<div data-program="py">`
 * @throws Error for a link that leads nowhere we know
 */
export function htmlOf(text) {
  return /** @type {string} */ (markdown.parse(text));
}

const REQUEST = /^(?<path>.+\.(?:(?<language>ts|py)\?listing|md\?html))$/;
const PREFIX = '\0lesson:';

/** @param {string} text @param {string} file @param {string | undefined} language */
function moduleOf(text, file, language) {
  try {
    return language === undefined ? htmlOf(text) : listingOf(text, language === 'py' ? 'py' : 'ts');
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** @returns {import('vite').Plugin} */
export function lessons() {
  return {
    name: 'procession-lessons',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.') || !REQUEST.test(source)) return null;
      const [from = ''] = importer.split('?');
      return PREFIX + resolve(dirname(from), source);
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return null;
      const [file = ''] = id.slice(PREFIX.length).split('?');
      this.addWatchFile(file);
      const language = REQUEST.exec(id)?.groups?.['language'];
      const content = moduleOf(await readFile(file, 'utf8'), file, language);
      return { code: `export default ${JSON.stringify(content)};`, map: { mappings: '' }, moduleType: 'js' };
    },
  };
}
