import type { PythonCall } from './pyodide-stack.ts';
import { body, I32, importsOf, moduleOf, section, Section, signed, text, vector } from './wasm-bytes.ts';

/** What the gate stands between; `grow` does the same as `call`, on another stack. */
export interface Gate {
  readonly call: PythonCall;
  /** Not 0: it may grow here. */
  readonly may: () => number;
  readonly grow: PythonCall;
}

export interface GateMemory {
  readonly memory: WebAssembly.Memory;
  readonly pointer: WebAssembly.Global;
  /** A power of two. */
  readonly partBytes: number;
}

/**
 * The module, whose one function stands in C's way to Python's functions. It is in WebAssembly because no stack can be suspended that
 * has JavaScript in it:
 *
 *   (func (param i32 i32 i32 i32) (result i32)
 *     (if (i32.lt_u (global.get $pointer) (i32.load (i32.and (global.get $pointer) (i32.const -partBytes))))
 *       (then (if (call $may) (then (return (call $grow …))))))
 *     (call $call …))
 */
function moduleBytes(partBytes: number): Uint8Array<ArrayBuffer> {
  const [call, may, grow] = [0, 1, 2];
  const parameters = [0, 1, 2, 3].flatMap((index) => [0x20, index]);
  const pointer = [0x23, 0];
  const next = [...pointer, 0x41, ...signed(-partBytes), 0x71, 0x28, 2, 0];
  const growing = [0x10, may, 0x04, 0x40, ...parameters, 0x10, grow, 0x0f, 0x0b];
  const types = vector([
    [0x60, 4, I32, I32, I32, I32, 1, I32],
    [0x60, 0, 1, I32],
  ]);
  const imports = importsOf({
    call: [0, 0],
    may: [0, 1],
    grow: [0, 0],
    pointer: [3, I32, 1],
    memory: [2, 0, 1],
  });
  const gate = body([], [...pointer, ...next, 0x49, 0x04, 0x40, ...growing, 0x0b, ...parameters, 0x10, call]);
  return moduleOf([
    section(Section.TYPES, types),
    section(Section.IMPORTS, imports),
    section(Section.FUNCTIONS, vector([[0]])),
    section(Section.EXPORTS, vector([[...text('gate'), 0, 3]])),
    section(Section.CODE, vector([gate])),
  ]);
}

/** `call`; but `grow`, when the stack has got lower than the word at the lower end of its part says, and `may`. */
export function callOrGrow(gate: Gate, { memory, pointer, partBytes }: GateMemory): PythonCall {
  const module = new WebAssembly.Module(moduleBytes(partBytes));
  const { exports } = new WebAssembly.Instance(module, { _: { ...gate, memory, pointer } });
  return exports['gate'] as PythonCall;
}
