/** Errors that CPython knows and JavaScript does not. Programs catch them and look at `name` and `message`. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export class RuntimeError extends Error {
  override readonly name: string = 'RuntimeError';
}

/** `threading.BrokenBarrierError`. */
export class BrokenBarrierError extends RuntimeError {
  override readonly name = 'BrokenBarrierError';
}

export class RecursionError extends RuntimeError {
  override readonly name = 'RecursionError';
}

export class OverflowError extends Error {
  override readonly name = 'OverflowError';
}

export class AttributeError extends Error {
  override readonly name = 'AttributeError';
}

export class IndexError extends Error {
  override readonly name = 'IndexError';
}

export class KeyError extends Error {
  override readonly name = 'KeyError';
}

export class MemoryError extends Error {
  override readonly name = 'MemoryError';
}

export class PicklingError extends Error {
  override readonly name = 'PicklingError';
}

export class NotImplementedError extends RuntimeError {
  override readonly name = 'NotImplementedError';
}

/** `multiprocessing.TimeoutError`. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** `multiprocessing.pool.MaybeEncodingError`: a result that cannot be sent. */
export class MaybeEncodingError extends Error {
  override readonly name = 'MaybeEncodingError';
}

/** `multiprocessing.pool.RemoteTraceback`: cause of an error that was thrown in another process; says where. */
export class RemoteTraceback extends Error {
  override readonly name = 'RemoteTraceback';
}

/** What arrived is no message, or not a whole one. */
export class UnpicklingError extends Error {
  override readonly name = 'UnpicklingError';
}

/** What the operating system refuses; CPython has its number in `errno`, and at the head of the message. */
export class OSError extends Error {
  override readonly name: string = 'OSError';
  readonly errno: number | null;

  constructor(message = '', errno: number | null = null) {
    super(errno === null ? message : `[Errno ${errno}] ${message}`);
    this.errno = errno;
  }
}

export class BrokenPipeError extends OSError {
  override readonly name = 'BrokenPipeError';

  constructor() {
    super('Broken pipe', 32);
  }
}

export class ConnectionRefusedError extends OSError {
  override readonly name = 'ConnectionRefusedError';

  constructor() {
    super('Connection refused', 111);
  }
}

/** Nothing is left to read, and nobody can write any more. */
export class EOFError extends Error {
  override readonly name = 'EOFError';
}

/** `multiprocessing.BufferTooShort`: a message does not fit into the buffer into which it was to be received. */
export class BufferTooShort extends Error {
  override readonly name = 'BufferTooShort';
  /** The message, whole. */
  readonly args: readonly Uint8Array[];

  constructor(text = '', args: readonly Uint8Array[] = []) {
    super(text);
    this.args = args;
  }
}

/** `queue.Empty`. */
export class Empty extends Error {
  override readonly name = 'Empty';
}

/** `queue.Full`. */
export class Full extends Error {
  override readonly name = 'Full';
}

/** By name, for the codec: an error that was sent arrives with its class. */
export const ERROR_CLASSES: ReadonlyMap<string, new (message?: string) => Error> = new Map<
  string,
  new (message?: string) => Error
>([
  ['ValueError', ValueError],
  ['AssertionError', AssertionError],
  ['RuntimeError', RuntimeError],
  ['BrokenBarrierError', BrokenBarrierError],
  ['RecursionError', RecursionError],
  ['OverflowError', OverflowError],
  ['AttributeError', AttributeError],
  ['IndexError', IndexError],
  ['KeyError', KeyError],
  ['MemoryError', MemoryError],
  ['PicklingError', PicklingError],
  ['NotImplementedError', NotImplementedError],
  ['TimeoutError', TimeoutError],
  ['MaybeEncodingError', MaybeEncodingError],
  ['RemoteTraceback', RemoteTraceback],
  ['UnpicklingError', UnpicklingError],
  ['OSError', OSError],
  ['BrokenPipeError', BrokenPipeError],
  ['ConnectionRefusedError', ConnectionRefusedError],
  ['EOFError', EOFError],
  ['BufferTooShort', BufferTooShort],
  ['Empty', Empty],
  ['Full', Full],
  ['TypeError', TypeError],
  ['RangeError', RangeError],
  ['ReferenceError', ReferenceError],
  ['SyntaxError', SyntaxError],
  ['EvalError', EvalError],
  ['URIError', URIError],
]);

/** What `exit()` throws. Not an Error: as in CPython, an `except Exception` does not catch it. */
export class SystemExit {
  readonly code: number | string | null;

  constructor(code: number | string | null) {
    this.code = code;
  }
}
