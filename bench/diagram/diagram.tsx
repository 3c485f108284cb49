import '../../src/ui/theme.css';
import '../../src/ui/views/palette/palette.css';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { ObjectKind } from '../../src/abi/objects.ts';
import { BlockReason } from '../../src/abi/record.ts';
import { asTid } from '../../src/base/ids.ts';
import type { MachineState } from '../../src/replay/model.ts';
import { loadTexts, translator } from '../../src/ui/texts/translate.ts';
import { machineOf, type ThreadSketch } from '../../src/ui/views/diagram/machine.fixture.ts';
import type { Passage } from '../../src/ui/views/diagram/passage.ts';
import { PlainDiagram } from '../../src/ui/views/diagram/plain-diagram.tsx';
import type { Bench, Case, Row, Samples } from '../bench.ts';

const TOKENS = 256;
const LOCKS = 4;
const STAGE = { width: 1000, height: 620 };
const MOTIONS = 4;
/** What a motion takes whose tokens travel along an arrow, as long as it is allowed to. */
const ALLOWED_MS = 60_000;

await loadTexts('en');
const t = translator('en');
const nothing = (): void => {};

/** Half of the threads are Ready, half Blocked; `odd` says which. From one to the other every token travels. */
function machineWhere(odd: boolean): MachineState {
  const threads = Array.from({ length: TOKENS }, (_, index): ThreadSketch => {
    if ((index % 2 === 1) === odd) return { state: 'Ready' };
    return { state: 'Blocked', reason: BlockReason.LOCK, object: 1 + ((index >> 1) % LOCKS) };
  });
  const objects = Array.from({ length: LOCKS }, (_, index) => ({ kind: ObjectKind.LOCK, name: `lock ${index + 1}` }));
  return machineOf({ threads, objects });
}

class DiagramCase implements Case {
  readonly rows: readonly Row[] = [
    {
      what: { en: 'state diagram in motion: frames a second', zh: '状态图移动时：每秒帧数' },
      n: String(TOKENS),
      ours: 'frames',
      goal: { at: 'least', value: 60 },
      unit: 'frames/s',
    },
    {
      what: { en: 'state diagram in motion: script a frame', zh: '状态图移动时：每帧脚本' },
      n: String(TOKENS),
      ours: 'script',
      goal: { at: 'most', value: 1 },
      unit: 'ms',
    },
    {
      what: { en: 'the same with the drawing of each new state', zh: '同上，含每个新状态的绘制' },
      n: String(TOKENS),
      ours: 'scriptWithState',
      goal: null,
      unit: 'ms',
    },
  ];

  readonly #machines = [machineWhere(true), machineWhere(false)] as const;
  readonly #stage = document.createElement('div');
  #root: Root | null = null;
  #shown = 0;

  async prepare(): Promise<void> {
    Object.assign(this.#stage.style, { width: `${STAGE.width}px`, height: `${STAGE.height}px` });
    document.body.append(this.#stage);
    this.#root = createRoot(this.#stage);
    this.#show([]);
    await nextFrame();
  }

  /** Motions one after the other, the next state set as soon as the last motion has ended. */
  async round(): Promise<Samples> {
    let frames = 0;
    let movingMs = 0;
    let moving = 0;
    const before = await window.scriptSeconds();
    for (let motion = 0; motion < MOTIONS; motion += 1) {
      this.#shown = 1 - this.#shown;
      const machine = this.#machines[this.#shown] ?? this.#machines[0];
      const [from, to] = this.#shown === 0 ? (['Blocked', 'Ready'] as const) : (['Ready', 'Blocked'] as const);
      this.#show([{ machine, change: { tid: asTid(2), from, to } }]);
      const ways = this.#stage.getAnimations({ subtree: true }).filter(({ id }) => id === 'way');
      if (ways.length !== TOKENS) throw new Error(`${ways.length} tokens move instead of ${TOKENS}`);
      const started = await window.scriptSeconds();
      const ended = Promise.all(ways.map(({ finished }) => finished));
      const { count, ms } = await framesUntil(ended);
      frames += count;
      movingMs += ms;
      moving += (await window.scriptSeconds()) - started;
    }
    const all = (await window.scriptSeconds()) - before;
    return {
      frames: (frames * 1000) / movingMs,
      script: (moving * 1000) / frames,
      scriptWithState: (all * 1000) / frames,
    };
  }

  async dispose(): Promise<void> {
    this.#root?.unmount();
    this.#stage.remove();
  }

  #show(passages: readonly Passage[]): void {
    const machine = this.#machines[this.#shown] ?? this.#machines[0];
    flushSync(() =>
      this.#root?.render(
        <PlainDiagram
          machine={machine}
          cpus={1}
          changes={[]}
          passagesSince={() => passages}
          motionMs={ALLOWED_MS}
          t={t}
          selected={null}
          hovered={null}
          pickable={false}
          onHover={nothing}
          onSelect={nothing}
          onPick={nothing}
        />,
      ),
    );
  }
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Frames the browser has made from the first one on until `ended`. */
async function framesUntil(ended: Promise<unknown>): Promise<{ count: number; ms: number }> {
  const over = ended.then(() => null);
  const first = await nextFrame();
  let last = first;
  for (let count = 0; ; count += 1) {
    const frame = await Promise.race([over, nextFrame()]);
    if (frame === null) return { count, ms: last - first };
    last = frame;
  }
}

export const diagram: Bench = { name: 'diagram', cases: [() => new DiagramCase()] };
