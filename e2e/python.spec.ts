import { expect, test, type Page } from '@playwright/test';
import { inflateRawSync } from 'node:zlib';
import { violations } from './axe.ts';
import { expectNoPageErrors, openLab } from './lab.ts';

/** Python is loaded for each page anew, and the machine may be busy. */
test.setTimeout(120_000);
const SLOW = { timeout: 60_000 };

const status = (page: Page) => page.evaluate(() => window.procession.status());
const link = (page: Page) => page.evaluate(() => window.procession.link());
const notices = (page: Page) => page.getByTestId('notices');
/** The program that a link carries. */
const unpacked = (address: string): string =>
  inflateRawSync(Buffer.from(/code=([\w-]+)/.exec(address)?.[1] ?? '', 'base64url')).toString();
const editor = (page: Page) => page.getByTestId('editor').locator('.cm-content');

const open = async (page: Page, source: string): Promise<void> => {
  await openLab(page, '#/custom?lang=en');
  await page.evaluate((program) => window.procession.program(program), source);
  await expect(editor(page)).toBeVisible();
};

test.describe('a lesson in Python', () => {
  test('runs when Python is chosen, and goes back to TypeScript', async ({ page }) => {
    const noErrors = expectNoPageErrors(page);
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await openLab(page, '#/threads?lang=en');
    await page.evaluate(() => window.procession.step(3));
    expect(loaded.filter((url) => url.includes('/python-'))).toEqual([]);
    await page.getByTestId('engine').getByText('Python').click();
    await expect.poll(() => link(page), SLOW).toContain('engine=py');
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('ready');
    await page.evaluate(() => window.procession.step(8));
    await expect(page.locator('li[class*=marked]').first()).toBeVisible();
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    await page.getByTestId('engine').getByText('TypeScript').click();
    await expect.poll(() => link(page)).not.toContain('engine');
    noErrors();
  });

  test('is the same run from the same link, and steps back and forth', async ({ page }) => {
    await openLab(page, '#/threads?lang=en&engine=py&policy=random&seed=7');
    const run = () =>
      page.evaluate(async () => {
        await window.procession.run();
        return { hash: window.procession.hash(), stdout: window.procession.stdout() };
      });
    const first = await run();
    expect(first.stdout).not.toBe('');
    await page.evaluate(() => window.procession.seek(0));
    const there = await page.evaluate(() => window.procession.step(4));
    await page.evaluate(() => window.procession.step(3));
    expect(await page.evaluate(() => window.procession.back(3))).toEqual(there);
    await page.reload();
    await page.waitForFunction(() => 'procession' in window);
    await page.evaluate(() => window.procession.ready);
    expect(await run()).toEqual(first);
  });

  test('can be given up while it loads, and says how far it is', async ({ page }) => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/python-*/memory-*', async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await openLab(page, '#/threads?lang=en');
    await page.evaluate(() => window.procession.step(3));
    await page.getByTestId('engine').getByText('Python').click();
    await expect(page.getByTestId('boot')).toContainText('Loading Python');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByTestId('boot')).toBeHidden();
    await expect(notices(page)).toContainText('Python was not loaded');
    expect(await link(page)).not.toContain('engine');
    release();
    await page.unroute('**/python-*/memory-*');
    await page.evaluate(() => window.procession.set('engine', 'py'));
    expect(await link(page)).toContain('engine=py');
  });

  test('says below the diagram how far it is, where the program is behind a tab', async ({ page }) => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/python-*/memory-*', async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await page.setViewportSize({ width: 390, height: 844 });
    await openLab(page, '#/threads?lang=en');
    const chosen = page.evaluate(() => window.procession.set('engine', 'py'));
    await expect(page.getByTestId('why').getByTestId('boot')).toContainText('Loading Python');
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(page.getByTestId('why').getByTestId('boot')).toBeHidden();
    await expect(page.getByTestId('boot')).toHaveCount(1);
    release();
    await chosen;
    await expect(page.getByTestId('boot')).toHaveCount(0);
  });

  test('has its faults in the listing, where a constant that was changed keeps its colours', async ({ page }) => {
    await openLab(page, '#/pipe?lang=en&engine=py&messages=9');
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    const line = (code: string) =>
      page.getByRole('region', { name: 'Program' }).locator('li').filter({ hasText: code }).first();
    await expect(line('return read_end.recv()')).toContainText('R2_pickle.UnpicklingError: invalid load key');
    await expect(line('write_end.send(')).toContainText('P1BrokenPipeError');
    await expect(line('MESSAGES = ').locator('[class*=tok-number]')).toHaveText('9');
    await expect(page.getByTestId('why')).toContainText('P1 prints: BrokenPipeError: [Errno 32] Broken pipe');
    await expect(page.getByTestId('lesson')).toContainText('Times in the text are those of the TypeScript program');
    await expect(page.getByText('The parent is faster than its children')).toBeVisible();
    await expect(page.getByText('They are lucky with the first two')).toBeHidden();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => window.procession.seek(0));
    await expect(line('return read_end.recv()')).not.toContainText('Unpickling');
  });

  test('that cannot be loaded says so, and can be tried again', async ({ page }) => {
    await page.route('**/python-*/*.wasm', (route) => route.abort());
    await openLab(page, '#/threads?lang=en&engine=py');
    await expect(notices(page)).toContainText('Python could not be loaded');
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    await page.unroute('**/python-*/*.wasm');
    await page.evaluate(() => window.procession.set('engine', 'py'));
    expect(await link(page)).toContain('engine=py');
  });

  test('that came broken is loaded once more', async ({ page }) => {
    let broken = 0;
    await page.route('**/python-*/memory-*', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      broken += 1;
      if (broken === 1) body.fill(0x55, 1_000_000, 1_000_400);
      await route.fulfill({ response, body });
    });
    await openLab(page, '#/threads?lang=en&engine=py');
    expect(await link(page)).toContain('engine=py');
    expect(broken).toBe(2);
  });
});

test.describe('one’s own program', () => {
  test('from a link waits for Run', async ({ page }) => {
    const noErrors = expectNoPageErrors(page);
    await open(page, 'print("mine")\n');
    const shared = await link(page);
    await page.goto('about:blank');
    await page.goto(shared);
    await expect(editor(page)).toContainText('print("mine")');
    expect(await page.evaluate(() => window.procession.log().length)).toBe(0);
    await page.getByTestId('run-program').click();
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).toBe('mine\n');
    noErrors();
  });

  test('is written, run by Ctrl+Enter, undone, reset, and kept in the link and on the device', async ({ page }) => {
    await openLab(page, '#/custom?lang=en');
    await editor(page).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('print(6 * 7)');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(() => page.evaluate(() => window.procession.stdout()), SLOW).toBe('42\n');
    await page.keyboard.type('\nprint("more")');
    await expect(page.getByText('edited since it ran')).toBeVisible();
    await expect.poll(async () => unpacked(await link(page))).toBe('print(6 * 7)\nprint("more")');
    const shared = await link(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(editor(page)).not.toContainText('more');
    await page.getByRole('button', { name: 'Back to the program as it was opened' }).click();
    await expect(editor(page)).toContainText('multiprocessing');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(editor(page)).toContainText('6 * 7');
    await page.evaluate(() => window.procession.open('#/lock'));
    // Else it would be the address that the page has already.
    await expect.poll(() => page.url()).toContain('#/lock');
    await page.goto(shared);
    await expect(editor(page)).toContainText('"more"');
    // A link says all that it opens: without a program, the one to begin with. The menu opens the device's.
    await page.goto('about:blank');
    await openLab(page, '#/custom?lang=en');
    await expect(editor(page)).toContainText('multiprocessing');
    await page.getByTestId('lesson-menu').click();
    await page.getByRole('menuitem', { name: 'Your own program' }).click();
    await expect(editor(page)).toHaveText('print(6 * 7)');
    await expect.poll(async () => unpacked(await link(page))).toBe('print(6 * 7)');
  });

  test('has its mistakes marked at their lines', async ({ page }) => {
    await open(page, 'def f():\n    return 1 / 0\n\n\nf()\n');
    await page.evaluate(() => window.procession.run());
    await expect(page.locator('.cm-line.cm-fault')).toHaveText('    return 1 / 0');
    await expect(page.locator('.cm-fault-message')).toHaveText('ZeroDivisionError: division by zero');
    await page.evaluate(() => window.procession.program('x = = 1\n'));
    expect((await page.evaluate(() => window.procession.run())).threads[0]?.exitCode).toBe(1);
    await expect(page.locator('.cm-fault-message')).toContainText('SyntaxError: invalid syntax');
    await editor(page).click();
    await page.keyboard.type('#');
    await expect(page.locator('.cm-fault-message')).toHaveCount(0);
  });

  test('starts from an example, by keyboard, and marks where threads stand', async ({ page }) => {
    await openLab(page, '#/custom?lang=en');
    await expect(editor(page)).toBeVisible();
    await page.getByTestId('examples').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(editor(page)).toContainText('one list for all threads');
    await page.evaluate(() => window.procession.step(6));
    await expect(page.locator('.cm-thread-mark')).toHaveText(['P1']);
    await page.locator('.cm-thread-mark').click();
    expect(await link(page)).toContain('thread=1');
  });

  test('can be a lesson’s', async ({ page }) => {
    await openLab(page, '#/threads?lang=en&engine=py');
    await page.getByRole('button', { name: 'Edit this program' }).click();
    await expect(editor(page)).toContainText('from threading import Thread');
    expect(await link(page)).toContain('#/custom?');
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`is accessible, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, 'print(1 / 0)  # a comment\n');
      await page.evaluate(() => window.procession.run());
      await expect(page.locator('.cm-fault-message')).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }
});

test.describe('variables', () => {
  const SOURCE = `total = 0

def add(n):
    global total
    twice = n * 2
    total += twice
    return total

for n in range(3):
    add(n)
print(total)
`;
  const row = (page: Page, scope: string, name: string) =>
    page
      .getByRole('table', { name: scope })
      .locator('tbody tr')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

  test('are those at the cursor, also after stepping back, and what changed is marked', async ({ page }) => {
    await open(page, SOURCE);
    await page.getByRole('tab', { name: 'Variables' }).click();
    expect(await link(page)).toContain('view=variables');
    // Up to the end of `twice = n * 2` in the third call.
    await page.evaluate(() => window.procession.step(15));
    await expect(row(page, 'Locals of add()', 'twice')).toContainText('4');
    await expect(row(page, 'Locals of add()', 'twice')).toHaveAttribute('data-changed');
    await expect(row(page, 'Locals of add()', 'n')).not.toHaveAttribute('data-changed');
    await expect(row(page, 'Globals of the process', 'total')).toContainText('2');
    await page.evaluate(() => window.procession.step(1));
    await expect(row(page, 'Globals of the process', 'total')).toContainText('6');
    await expect(row(page, 'Globals of the process', 'total')).toHaveAttribute('data-changed');
    await page.evaluate(() => window.procession.back(2));
    await expect(row(page, 'Locals of add()', 'twice')).toHaveCount(0);
    await expect(row(page, 'Globals of the process', 'total')).toContainText('2');
    await page.evaluate(() => window.procession.run());
    await expect(page.getByRole('table')).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
  });

  test('are each process’s own, in the memory tab', async ({ page }) => {
    await open(
      page,
      `from multiprocessing import Process\ncounter = 0\ndef work():\n    global counter\n    counter = 5\n    print(counter)\nif __name__ == '__main__':\n    child = Process(target=work)\n    child.start()\n    child.join()\n    print(counter)\n`,
    );
    await page.evaluate(() => window.procession.run());
    await page.getByRole('tab', { name: 'Memory' }).click();
    const process = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    await expect(process('MainProcess').getByRole('row', { name: /^counter/ })).toContainText('0');
    await expect(process('Process-1').getByRole('row', { name: /^counter/ })).toContainText('5');
  });
});

test.describe('steps of a Python program', () => {
  test('are instructions on request: then an update is lost', async ({ page }) => {
    await openLab(page, '#/shared-data?lang=en&engine=py');
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).not.toContain('The main thread sees 6');
    await expect(page.getByTestId('step-by').getByRole('radio', { name: 'bytecode' })).toBeChecked();
    await page.evaluate(() => window.procession.seek(0));
    await page.evaluate(() => window.procession.step(3));
    await expect(page.getByTestId('why')).toContainText(/executes [A-Z_]+.*, in line \d/);
    await page.getByTestId('step-by').getByText('line', { exact: true }).click();
    await expect.poll(() => link(page)).toContain('step=line');
    await page.evaluate(() => window.procession.run());
    expect(await page.evaluate(() => window.procession.stdout())).toContain('The main thread sees 6');
    await expect(page.evaluate(() => window.procession.set('step', 'word'))).rejects.toThrow(
      'not one of line, bytecode',
    );
  });

  test('of library threads are folded away, and shown on request', async ({ page }) => {
    await open(
      page,
      `from multiprocessing import Queue\nq = Queue()\nq.put('one')\nprint(q.get())\nq.close()\nq.join_thread()\n`,
    );
    const end = await page.evaluate(() => window.procession.run());
    expect(end.outcome).toBe('finished');
    expect(end.threads.map(({ kind }) => kind)).toEqual(['process', 'library']);
    const tokens = page.locator('.state-diagram .token-place:not(.hidden)');
    await expect(tokens).toHaveCount(1);
    await expect(page.locator('.state-diagram .fold')).toContainText('+1 of the library');
    await page.getByRole('button', { name: 'Library threads' }).click();
    await expect(tokens).toHaveCount(2);
    expect(await link(page)).toContain('library=1');
    expect(await violations(page)).toEqual([]);
  });
});

test.describe('a program that reads', () => {
  const SOURCE = 'name = input("name? ")\nprint(f"Hello, {name}!")\nprint("again:", input())\n';
  const line = (page: Page) => page.getByTestId('input-line');

  test('waits for a line, takes it, and its link has it', async ({ page }) => {
    const noErrors = expectNoPageErrors(page);
    await open(page, SOURCE);
    await page.getByTestId('run-program').click();
    await expect(page.getByTestId('outcome')).toContainText('P1 waits for a line of input', SLOW);
    expect((await status(page)).threads[0]).toMatchObject({ state: 'Blocked', reason: 'input', line: 1 });
    await expect(line(page)).toBeFocused();
    await page.keyboard.type('Ada, 你好');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Output' })).toContainText('name? Ada, 你好');
    await expect(page.getByRole('region', { name: 'Output' })).toContainText('Hello, Ada, 你好!');
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('input');
    await page.keyboard.press('Control+d');
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('finished');
    await expect(page.locator('.cm-fault-message')).toHaveText('EOFError: EOF when reading a line');
    await expect(line(page)).toBeHidden();
    const hash = await page.evaluate(() => window.procession.hash());
    const shared = await link(page);
    expect(shared).toMatch(/inputs=\d+:line:[\w-]+,\d+:eof/);
    await page.goto('about:blank');
    await page.goto(shared);
    await page.getByTestId('run-program').click();
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('finished');
    expect(await page.evaluate(() => window.procession.hash())).toBe(hash);
    noErrors();
  });

  test('has a way to where the line is typed, wherever the output is hidden', async ({ page }) => {
    await open(page, SOURCE);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('input');
    await expect(line(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Type it' }).click();
    await expect(line(page)).toBeFocused();
    await expect(line(page)).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Type it' })).toHaveCount(0);
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tabpanel')).toContainText('Hello, Ada!', SLOW);
  });

  test('gets its line in a live run, too', async ({ page }) => {
    await open(page, SOURCE);
    await page.evaluate(() => window.procession.set('mode', 'live'));
    await page.getByTestId('run-program').click();
    await expect(line(page)).toHaveAttribute('placeholder', 'P1 waits for a line', SLOW);
    await line(page).fill('Ada');
    await line(page).press('Enter');
    await expect(page.getByRole('region', { name: 'Output' })).toContainText('Hello, Ada!', SLOW);
    await expect(line(page)).toHaveAttribute('placeholder', 'P1 waits for a line');
    await line(page).fill('the end');
    await line(page).press('Enter');
    await expect.poll(async () => (await status(page)).outcome, SLOW).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).toBe('name? Hello, Ada!\nagain: the end\n');
  });

  test('gets another line where one goes back and types another', async ({ page }) => {
    await open(page, SOURCE);
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('input');
    const asked = (await status(page)).record;
    await page.evaluate(() => window.procession.typeLine('Ada'));
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('input');
    await page.evaluate((record) => window.procession.seek(record), asked);
    await page.evaluate(() => window.procession.typeLine('Grace'));
    await page.evaluate(() => window.procession.run());
    await page.evaluate(() => window.procession.typeLine(''));
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).toBe('name? Hello, Grace!\nagain: \n');
    await expect(page.evaluate(() => window.procession.typeLine('x'.repeat(5000)))).rejects.toThrow(
      'at most 4,095 bytes',
    );
  });
});

test.describe('a program that means harm', () => {
  test('asks nobody for anything once it runs', async ({ page }) => {
    await open(page, 'print("warm")\n');
    await page.evaluate(() => window.procession.run());
    // The spare interpreters have got theirs.
    await page.waitForLoadState('networkidle');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const source = `
import gc
from pyodide.ffi import JsProxy
import js, pyodide_js
def attempt(call):
    try:
        call()
    except BaseException as error:
        print(type(error).__name__)
for name in ('fetch', 'XMLHttpRequest', 'WebSocket', 'importScripts', 'postMessage'):
    attempt(lambda: getattr(js, name)('/index.html'))
for one in [one for one in gc.get_objects() if isinstance(one, JsProxy)] + [pyodide_js.loadPackage]:
    attempt(lambda: one.constructor.constructor('return fetch("/index.html")')())
attempt(lambda: __import__('pyodide.http', fromlist=['x']).open_url('/index.html'))
print('done')
`;
    await page.evaluate((program) => window.procession.program(program), source);
    const end = await page.evaluate(() => window.procession.run());
    expect(end.outcome).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).toMatch(/AttributeError[\s\S]*done\n$/);
    // Interpreters that wake meanwhile ask for their own scripts.
    expect(asked.filter((url) => !/^blob:|\/assets\/python\.worker|\/python-[\d.]+\/pyodide/.test(url))).toEqual([]);
  });

  test('meets the same line in the page’s policy', async ({ page }) => {
    await openLab(page);
    const said = await page.evaluate(async () => {
      const violation = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
      });
      await fetch('https://example.com/').catch(() => {});
      return violation;
    });
    expect(said).toBe('connect-src');
    const inWorker = await page.evaluate(() => {
      const script = `fetch('https://example.com/').then(() => 'out', () => 'kept in').then(async (net) => {
        let code = 'kept in';
        try { code = new Function('return "made"')(); } catch {}
        postMessage([net, code]);
      });`;
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), {
        type: 'module',
      });
      return new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)));
    });
    expect(inWorker).toEqual(['kept in', 'kept in']);
  });

  for (const [what, source, end] of [
    ['more memory than there is', 'hoard = []\nwhile True:\n    hoard.append(bytearray(100_000_000))\n', /MemoryError/],
    ['endless recursion', 'def f():\n    f()\n\nf()\n', /RecursionError/],
    ['one line that never ends', 'sum(range(10 ** 13))\n', /"cause":"hung","code":1,"message":"no checkpoint for 5 s"/],
    ['its own sudden end', 'import os\nos._exit(7)\n', /"code":7/],
    [
      'an exception in a thread',
      'from threading import Thread\nThread(target=lambda: 1 / 0).start()\n',
      /Exception in thread Thread-1[\s\S]*ZeroDivisionError/,
    ],
  ] as const) {
    test(`ends with a message: ${what}`, async ({ page }) => {
      await open(page, source);
      const { outcome } = await page.evaluate(() => window.procession.run());
      expect(outcome).toBe('finished');
      const said = await page.evaluate(() =>
        window.procession
          .log()
          .map((event) => JSON.stringify(event))
          .join('\n'),
      );
      expect(said).toMatch(end);
      await page.evaluate(() => window.procession.program('print("next")\n'));
      await page.evaluate(() => window.procession.run());
      expect(await page.evaluate(() => window.procession.stdout())).toBe('next\n');
    });
  }

  test('that starts processes without end is refused more than there may be, and can be stopped', async ({ page }) => {
    const bomb = `from multiprocessing import Process
def bomb():
    while True:
        Process(target=bomb).start()
if __name__ == '__main__':
    bomb()
`;
    await open(page, bomb);
    const run = page.evaluate(() => window.procession.run());
    const said = page.getByText('Each process has an interpreter of its own here');
    await expect(said.first()).toBeVisible({ timeout: 90_000 });
    await page.getByTestId('play').click();
    expect((await run).outcome).toBe('paused');
    await page.evaluate(() => window.procession.program('print("next")\n'));
    await page.evaluate(() => window.procession.run());
    expect(await page.evaluate(() => window.procession.stdout())).toBe('next\n');
  });

  test('that loops for ever stops at the limit, and the page goes on', async ({ page }) => {
    await open(page, 'n = 0\nwhile True:\n    n += 1\n');
    const { outcome } = await page.evaluate(() => window.procession.run());
    expect(outcome).toBe('limit');
    await page.evaluate(() => window.procession.program('print("next")\n'));
    expect((await page.evaluate(() => window.procession.run())).outcome).toBe('finished');
    expect(await page.evaluate(() => window.procession.stdout())).toBe('next\n');
  });

  test('that prints a million lines stops at the limit, and what it has printed can be read', async ({ page }) => {
    await open(page, 'for n in range(1_000_000):\n    print(n)\n');
    const { outcome, message } = await page.evaluate(() => window.procession.run());
    expect(outcome).toBe('limit');
    expect(message).toContain('200000 steps');
    await expect(page.getByRole('region', { name: 'Output' })).toContainText('99998');
    await page.evaluate(() => window.procession.program('print("next")\n'));
    await page.evaluate(() => window.procession.run());
    expect(await page.evaluate(() => window.procession.stdout())).toBe('next\n');
  });
});
