import { InvariantError } from '../../base/invariant.ts';
import { HostReset } from '../host-reset.ts';
import { SystemExit } from './errors.ts';

/** For the engine where it catches what a program throws. @throws what is no error of the program: the order to stop, a fault of ours */
export function passOnFaults(error: unknown): void {
  if (error instanceof HostReset || error instanceof InvariantError) throw error;
}

/** As `passOnFaults`, where `exit()` goes on too, as past every `except Exception`. */
export function passOnFaultsAndExits(error: unknown): void {
  passOnFaults(error);
  if (error instanceof SystemExit) throw error;
}
