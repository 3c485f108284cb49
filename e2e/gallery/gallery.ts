// For looking at: `#case=threeMixed&width=678&height=520&lang=zh&dark=1`. Not part of the product's build.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { asTid, type Tid } from '../../src/base/ids.ts';
import { PlainDiagram } from '../../src/ui/views/diagram/plain-diagram.tsx';
import { loadTexts, translator } from '../../src/ui/texts/translate.ts';
import { CASES, type GalleryCase } from './cases.ts';

const parameters = new URLSearchParams(location.hash.slice(1));
const lang = parameters.get('lang') === 'zh' ? 'zh' : 'en';
await loadTexts(lang);
const t = translator(lang);
const stage = document.querySelector<HTMLElement>('#stage');
if (stage === null) throw new Error('no stage');
stage.style.width = `${parameters.get('width') ?? 678}px`;
stage.style.height = `${parameters.get('height') ?? 520}px`;
if (parameters.has('dark')) document.documentElement.dataset['mantineColorScheme'] = 'dark';
document.documentElement.lang = parameters.get('lang') ?? 'en';

const root = createRoot(stage);
let selected: Tid | null = parameters.has('selected') ? asTid(Number(parameters.get('selected'))) : null;
let hovered: Tid | null = null;

function show(shown: GalleryCase): void {
  root.render(
    createElement(PlainDiagram, {
      machine: shown.machine,
      cpus: shown.machine.cpus.length,
      changes: shown.changes?.(t) ?? [],
      passagesSince: () => shown.passages ?? [],
      motionMs: Number(parameters.get('motion') ?? 5000),
      t,
      selected,
      hovered,
      pickable: true,
      onHover: (tid) => {
        hovered = tid;
        show(shown);
      },
      onSelect: (tid) => {
        selected = tid;
        show(shown);
      },
      onPick: () => {},
    }),
  );
}

/** Case after case: `gallery.show('name')`, for scripts. */
Object.assign(window, {
  gallery: { show: (name: string) => show(CASES[name] as GalleryCase), names: Object.keys(CASES) },
});
show(CASES[parameters.get('case') ?? 'threeMixed'] as GalleryCase);
