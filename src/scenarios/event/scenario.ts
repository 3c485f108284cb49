import type { Scenario } from '../scenario.ts';

export const event: Scenario = {
  id: 'event',
  title: { zh: '事件：红绿灯', en: 'The event: a traffic light' },
  summary: {
    zh: '一个进程控制红绿灯，其他进程是车：红灯时 wait 阻塞，一次 set 把等着的车全部放行。',
    en: 'One process steers a traffic light, the others are cars: at red, wait blocks, and one set lets all of them go.',
  },
  parameters: {
    cars: { kind: 'integer', label: { zh: '车数', en: 'Cars' }, min: 1, max: 8, default: 4 },
    flips: { kind: 'integer', label: { zh: '短暂变绿的次数', en: 'Short greens' }, min: 0, max: 5, default: 1 },
  },
  machine: { cpus: 1, policy: 'rr', quantum: 2 },
  workers: 'cars',
  stepBy: 'line',
  launcher: false,
};
