import { Lock, print, Process, RLock, Value } from 'procession';

/** Puts money into the account. */
function deposit(clerk: number, balance: Value, lock: Lock | RLock, amount: number): void {
  lock.acquire(); // for the second time: an RLock counts 2, a Lock makes its own holder wait
  print(`Clerk ${clerk} deposits ${amount}`);
  balance.value += amount;
  lock.release();
}

/** Pays ten per cent. Nobody may change the balance between looking at it and paying, so this needs the lock, too. */
function payInterest(clerk: number, balance: Value, lock: Lock | RLock): void {
  lock.acquire(); // Blocked while another clerk has it
  const found = balance.value;
  print(`Clerk ${clerk} finds ${found}`);
  deposit(clerk, balance, lock, Math.floor(found / 10)); // calls a function that takes the same lock
  lock.release(); // an RLock is free when it was released as often as acquired
}

export function main({ kind, clerks }: { kind: string; clerks: number }): void {
  const balance = new Value('i', 100);
  const lock = kind === 'RLock' ? new RLock() : new Lock();
  const started: Process[] = [];
  for (let clerk = 1; clerk <= clerks; clerk += 1) {
    const process = new Process({ target: payInterest, args: [clerk, balance, lock] });
    process.start();
    started.push(process);
  }
  for (const process of started) process.join();
  print(`The balance is ${balance.value}`);
}
