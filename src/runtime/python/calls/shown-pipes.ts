import { asObjectId, NO_OBJECT, type ObjectId } from '../../../base/ids.ts';
import { objectAt } from '../../../abi/layout.ts';
import { ObjectKind, ObjectWord } from '../../../abi/objects.ts';
import { PipeWord, pipeWordOf } from '../../../abi/pipe-row.ts';
import { Kind } from '../../../abi/record.ts';
import { isShown, markShown } from '../../../abi/shown-row.ts';
import { appendText } from '../../../abi/text.ts';
import { peek, poke } from '../../../abi/words.ts';
import { ATOMIC_BYTES, isReadable, isWritable } from '../../../sync/pipe.ts';
import type { Machinery } from '../machinery.ts';

/** The kernel calls of those who see what goes through pipes: `library/observed_pipes.py`. None of them waits. */
export function shownPipeCalls({ port, files }: Machinery) {
  const { memory } = port;
  const { words } = memory;

  return {
    pipe_of,
    /** The program has made the pipe whose end has this number: records of it, and of the ends that are open. Its row; 0: there is none. */
    show_pipe(number: number, isWriter: boolean, name: string): number {
      const pipe = pipe_of(number, isWriter);
      if (pipe === NO_OBJECT) return pipe;
      const ref = appendText(memory, name);
      poke(words, objectAt(pipe) + ObjectWord.NAME, ref);
      markShown(memory, pipe, ObjectKind.PIPE);
      port.log(Kind.OBJECT, ObjectKind.PIPE, pipe, ref, 0, peek(words, pipeWordOf(pipe, PipeWord.CAPACITY)));
      files.tellEnds(pipe);
      return pipe;
    },
    /** The row of a shown pipe whose end has this number; 0: there is none. */
    shown_pipe(number: number, isWriter: boolean): number {
      const pipe = pipe_of(number, isWriter);
      return pipe !== NO_OBJECT && isShown(memory, pipe) ? pipe : NO_OBJECT;
    },
    /** Something can be read from it, or its end has come. */
    is_readable: (pipe: number): boolean => isReadable(memory, asObjectId(pipe)),
    /** There is room for a short message, or nobody will read it. */
    is_writable: (pipe: number): boolean => isWritable(memory, asObjectId(pipe), ATOMIC_BYTES),
    /** The thread is about to write so many bytes: all, or the last, of a message of which `text` says what it is. */
    announce_bytes(bytes: number, ends: boolean, text: string): void {
      if (port.logged) port.messages.announce(port.tid, bytes, { ends, text: ends ? appendText(memory, text) : 0 });
    },
  };

  /** The pipe whose end has this number; 0: there is none. */
  function pipe_of(number: number, isWriter: boolean): ObjectId {
    const descriptor = files.get(number);
    return (isWriter ? descriptor?.writer?.pipe : descriptor?.reader?.pipe) ?? NO_OBJECT;
  }
}
