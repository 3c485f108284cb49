// The smallest page that needs isolation: a module worker and a lazily loaded module, over shared memory.
import { ensureIsolation } from '../../../src/ui/host/isolation.ts';

function answerOfWorker(words: Int32Array): Promise<number> {
  const worker = new Worker(new URL('./isolated.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(words[0] ?? 0));
    worker.addEventListener('error', () => reject(new Error('the worker did not load')));
    worker.postMessage(words);
  });
}

async function report(): Promise<object> {
  const isolation = await ensureIsolation();
  if (!isolation.isolated) return isolation;
  const { answer } = await import('./lazy.ts');
  return { ...isolation, worker: await answerOfWorker(new Int32Array(new SharedArrayBuffer(4))), lazy: answer };
}

const result = await report();
document.body.dataset['report'] = JSON.stringify(result);
