import type { Scenario } from '../scenario.ts';

export const barrier: Scenario = {
  id: 'barrier',
  title: { zh: '栅栏：到齐再走', en: 'The barrier: wait for each other' },
  summary: {
    zh: '几个人一起徒步，快的在每一站等慢的：人没到齐，谁也不走；少来一个，全都等下去。',
    en: 'Hikers wait for each other at every hut: nobody goes on before all are there, and if one never comes, nobody does.',
  },
  parameters: {
    parties: { kind: 'integer', label: { zh: '要到齐的人数', en: 'Parties' }, min: 1, max: 8, default: 3 },
    stages: { kind: 'integer', label: { zh: '走几站', en: 'Stages' }, min: 1, max: 5, default: 2 },
    absent: { kind: 'boolean', label: { zh: '有一个人没来', en: 'One stays at home' }, default: false },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'parties',
  stepBy: 'line',
  launcher: false,
};
