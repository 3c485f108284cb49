/** So many busy loops of so many milliseconds, one after the other: the answer says how long all took. */
addEventListener('message', ({ data }: MessageEvent<{ ms: number; count: number }>) => {
  const begin = performance.now();
  for (let n = 0; n < data.count; n += 1) {
    const end = performance.now() + data.ms;
    while (performance.now() < end);
  }
  postMessage(performance.now() - begin);
});
