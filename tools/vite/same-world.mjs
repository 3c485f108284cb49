// Loaded before the script that makes the memory of an interpreter: what a process can tell from others is the same here, at any time and in
// any folder. Where an object lies says in what order a set of objects is walked, so that even a path which is one letter longer would give
// the same link another run on another server.
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

/** A time for the files in it. */
const MOMENT_MS = Date.UTC(2026, 0, 1);

/**
 * No process lives with these: it seeds its generators anew when it begins (library/life.py).
 *
 * @template {NodeJS.ArrayBufferView | null} View
 * @param {View} view
 */
function fill(view) {
  if (view !== null) new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(7);
  return view;
}

process.argv[1] = '/python';
Date.now = () => MOMENT_MS;
performance.now = () => 0;
Math.random = () => 0.5;
Object.assign(crypto, { randomFillSync: fill });
Object.assign(crypto.webcrypto, { getRandomValues: fill });
syncBuiltinESMExports();
