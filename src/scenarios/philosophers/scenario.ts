import type { Scenario } from '../scenario.ts';

export const philosophers: Scenario = {
  id: 'philosophers',
  title: { zh: '哲学家就餐', en: 'The dining philosophers' },
  summary: {
    zh: '五位哲学家，五把叉子，每人要左右两把才能吃：各拿一把，全都饿着。三种办法可解。',
    en: 'Five philosophers, five forks, and each needs the two beside him: with one each, all go hungry. Three cures.',
  },
  parameters: {
    n: { kind: 'integer', label: { zh: '哲学家人数', en: 'Philosophers' }, min: 2, max: 8, default: 5 },
    cure: {
      kind: 'choice',
      label: { zh: '办法', en: 'Cure' },
      choices: [
        { value: 'none', label: { zh: '没有', en: 'None' } },
        { value: 'ordered', label: { zh: '先拿编号小的', en: 'Lower number first' } },
        { value: 'waiter', label: { zh: '服务员：只放 n − 1 人入座', en: 'A waiter: room for n − 1' } },
        { value: 'release', label: { zh: '拿不到就放回', en: 'Try, and put back' } },
      ],
      default: 'none',
    },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'n',
  stepBy: 'line',
  launcher: false,
};
