import type { Scenario } from '../scenario.ts';

export const readersWriters: Scenario = {
  id: 'readers-writers',
  title: { zh: '读者与写者', en: 'Readers and writers' },
  summary: {
    zh: '读者可以一起读，写者必须独占：读者源源不断地来，写者什么时候能进去？',
    en: 'Readers may read together, a writer must be alone. While readers keep coming, when does the writer get in?',
  },
  parameters: {
    readers: { kind: 'integer', label: { zh: '读者数', en: 'Readers' }, min: 1, max: 8, default: 3 },
    writers: { kind: 'integer', label: { zh: '写者数', en: 'Writers' }, min: 1, max: 4, default: 1 },
    prefer: {
      kind: 'choice',
      label: { zh: '谁优先', en: 'Who is preferred' },
      choices: [
        { value: 'readers', label: { zh: '读者', en: 'Readers' } },
        { value: 'nobody', label: { zh: '谁也不优先，先来先进', en: 'Nobody: first come, first in' } },
      ],
      default: 'readers',
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'readers',
  stepBy: 'line',
  launcher: false,
};
