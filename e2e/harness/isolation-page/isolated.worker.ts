addEventListener('message', async ({ data }: MessageEvent<Int32Array>) => {
  const { answer } = await import('./lazy.ts');
  Atomics.store(data, 0, answer);
  postMessage('done', { targetOrigin: '*' });
});
