/** One end of what a message goes through without us. Times are milliseconds since the epoch, with fractions. */
export interface RawRemote {
  /** Posts so many messages of about so many bytes; returns when it began. */
  post(port: MessagePort, size: number, count: number): number;
  /** Returns when so many messages have come. */
  arrivals(port: MessagePort, count: number): Promise<number>;
  /** Pushes so many pieces into a ring buffer; returns when it began. */
  push(memory: SharedArrayBuffer, size: number, count: number): number;
  /** Pops them; returns when it had all. */
  pop(memory: SharedArrayBuffer, size: number, count: number): number;
}
