/** The baseline of a switch: a message comes, and goes back. */
addEventListener('message', ({ data }: MessageEvent<number>) => postMessage(data));
