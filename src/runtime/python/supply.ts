import type { InterpreterSource, InterpreterSupply } from '../../abi/remote.ts';

/**
 * Loads what all interpreters of this page need: the compiled module, CPython's library, and the memory to wake up with. In a worker,
 * because unpacking the memory keeps a thread busy. `anew`: past the browser's cache.
 *
 * @throws Error when something cannot be had, or is broken: the memory carries a checksum
 */
export async function loadSupply(
  { folder, memory, sizes }: InterpreterSource,
  anew: boolean,
  progress: (loaded: number, total: number) => void,
): Promise<InterpreterSupply> {
  const cache = anew ? 'reload' : 'default';
  let loaded = 0;
  const count = (bytes: number): void => {
    loaded += bytes;
    progress(loaded, total);
  };
  // What the interpreter imports comes meanwhile.
  const scripts = ['pyodide.mjs', 'pyodide.asm.mjs'].map((name) => import(/* @vite-ignore */ `${folder}${name}`));
  const [wasm, library, packed] = await Promise.all(
    ['pyodide.asm.wasm', 'python_stdlib.zip', memory].map((name) => get(`${folder}${name}`, cache)),
  );
  if (wasm === undefined || library === undefined || packed === undefined) throw new Error('three files are loaded');
  const total = sizes.wasm + sizes.library + Number(packed.headers.get('Content-Length') ?? 0);
  const [module, libraryBytes, memoryBytes] = await Promise.all([
    WebAssembly.compileStreaming(
      new Response(counted(wasm, count), { headers: { 'Content-Type': 'application/wasm' } }),
    ),
    bytesOf(counted(library, count)),
    bytesOf(counted(packed, count).pipeThrough(new DecompressionStream('gzip'))),
    ...scripts,
  ]);
  return { folder, module, library: shared(libraryBytes), memory: shared(memoryBytes) };
}

async function get(url: string, cache: RequestCache): Promise<Response> {
  const response = await fetch(url, { cache });
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status}`);
  return response;
}

function counted({ body }: Response, count: (bytes: number) => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (body === null) throw new Error('a response has no body');
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        count(chunk.length);
        controller.enqueue(chunk);
      },
    }),
  );
}

async function bytesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
