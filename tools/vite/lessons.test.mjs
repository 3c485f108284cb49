import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { htmlOf, lessons, listingOf } from './lessons.mjs';

/** @param {string} html */
const withoutTags = (html) => html.replace(/<[^>]*>/g, '');

/** @param {string} html */
const unescape = (html) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const TS = `import { print } from 'procession';

/* a comment
   over two lines, with <b>tags</b> & "quotes" */
export function main({ n }: { n: number }): void {
  if (n < 1 && n > -1) print(\`\${n} < '1'\`);
}
`;

describe('a listing', () => {
  test('has one entry a line, whose text is exactly the source', () => {
    const { lines, source } = listingOf(TS, 'ts');
    expect(lines.map((line) => unescape(withoutTags(line))).join('\n')).toBe(source.trimEnd());
    expect(source).toBe(TS);
  });

  test('holds no tag but spans with token classes, each closed on its own line', () => {
    for (const line of listingOf(TS, 'ts').lines) {
      expect(line.replace(/<span class="tok-[\w -]+">|<\/span>/g, '')).not.toMatch(/[<>]/);
      expect(line.match(/<span/g)?.length ?? 0).toBe(line.match(/<\/span>/g)?.length ?? 0);
    }
  });

  test('of TypeScript marks keywords, types and comments', () => {
    const html = listingOf(TS, 'ts').lines.join('\n');
    expect(html).toContain('<span class="tok-keyword">import</span>');
    expect(html).toContain('<span class="tok-typeName">number</span>');
    expect(html).toContain('<span class="tok-comment">/* a comment</span>');
  });

  test('of Python marks keywords and strings', () => {
    const html = listingOf("def hello(name):\n    print('hi <' + name)\n", 'py').lines.join('\n');
    expect(html).toContain('<span class="tok-keyword">def</span>');
    expect(html).toContain('<span class="tok-string">&#39;hi &lt;&#39;</span>');
  });

  test('of a source that does not parse still shows every character', () => {
    const broken = 'def ((( <script>alert("x")</script> \u{1f40d} ]]';
    expect(listingOf(broken, 'py').lines.map((line) => unescape(withoutTags(line)))).toEqual([broken]);
    expect(listingOf(broken, 'py').lines.join('')).not.toContain('<script');
  });

  test('of a file with Windows line ends shows the same lines', () => {
    expect(listingOf('a\r\nb\r\n', 'py').lines).toEqual(listingOf('a\nb\n', 'py').lines);
  });
});

describe('a text', () => {
  test('turns links to events into anchors that carry the event', () => {
    expect(htmlOf('See [now `P2` is blocked](event:blocked?thread=P2&nth=1).')).toBe(
      '<p>See <a href="#" data-event="blocked?thread=P2&amp;nth=1">now <code>P2</code> is blocked</a>.</p>\n',
    );
  });

  test('keeps together what is true of the program of one language', () => {
    expect(htmlOf('Both.\n\n::: py\n1. One\n2. [Two](event:print)\n:::\n\n::: ts\nOther.\n:::\n\nBoth again.')).toBe(
      '<p>Both.</p>\n<div data-program="py">\n<ol>\n<li>One</li>\n<li><a href="#" data-event="print">Two</a></li>\n</ol>\n</div>\n' +
        '<div data-program="ts">\n<p>Other.</p>\n</div>\n<p>Both again.</p>\n',
    );
    expect(htmlOf('::: js\nneither\n:::')).not.toContain('data-program');
  });

  test('escapes raw HTML, in blocks and in lines', () => {
    const html = htmlOf('<script>alert(1)</script>\n\nA <b onclick="x()">word</b>.');
    expect(html).not.toMatch(/<(?:script|b)\b/);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('&lt;b onclick=&quot;x()&quot;&gt;');
  });

  test('cannot break out of the attribute of a link', () => {
    const html = htmlOf('[x](<event:print?text="><img src=x onerror=alert(1)>)');
    expect(html).not.toContain('<img');
    expect(htmlOf('[x](<event:print?text=" onclick="y>)')).toContain('data-event="print?text=&quot; onclick=&quot;y"');
  });

  test('refuses scripts, images and links that lead nowhere', () => {
    expect(() => htmlOf('[x](javascript:alert(1))')).toThrow('neither event:… nor https://…');
    expect(() => htmlOf('[x](lock)')).toThrow('neither event:… nor https://…');
    expect(() => htmlOf('![x](https://example.org/x.png)')).toThrow('no images');
  });
});

describe('the plugin', () => {
  test('serves listings and texts to a build, and names the file of a bad link', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lessons-'));
    const bundle = () =>
      build({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        plugins: [lessons()],
        build: { write: false, minify: false, lib: { entry: join(folder, 'entry.js'), formats: ['es'] } },
      });
    try {
      writeFileSync(join(folder, 'program.ts'), 'export const type: number = 1;\n');
      writeFileSync(join(folder, 'lesson.en.md'), 'Hello [there](event:print)\n');
      writeFileSync(
        join(folder, 'entry.js'),
        "import listing from './program.ts?listing';\nimport html from './lesson.en.md?html';\nexport { listing, html };\n",
      );
      const [made] = /** @type {import('rolldown').RolldownOutput[]} */ (await bundle());
      const code = made?.output[0].code ?? '';
      const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      const { listing, html } = await import(/* @vite-ignore */ url);
      expect(listing.source).toBe('export const type: number = 1;\n');
      expect(html).toBe('<p>Hello <a href="#" data-event="print">there</a></p>\n');
      writeFileSync(join(folder, 'lesson.en.md'), '[x](ftp://y)\n');
      await expect(bundle()).rejects.toThrow(/lesson\.en\.md: the link "ftp:\/\/y"/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
