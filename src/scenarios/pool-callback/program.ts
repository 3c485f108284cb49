import { getpid, Pool, print, sleep } from 'procession';

/** A task, for a process of the pool. */
function download(page: number): string {
  print(`pid ${getpid()} downloads page ${page}`);
  sleep(0.3 - page / 20);
  return `page ${page}`;
}

/** The callback: gets what the task has returned, in the process that made the pool. */
function save(page: string): void {
  print(`pid ${getpid()} saves ${page}`);
}

export function main({ pool, tasks }: { pool: number; tasks: number }): void {
  print(`pid ${getpid()} is the main process`);
  const workers = new Pool(pool);
  for (let page = 1; page <= tasks; page += 1) {
    workers.applyAsync(download, [page], save); // returns at once; save will be called when it is done
  }
  workers.close();
  workers.join(); // the main thread is Blocked, and pages are saved all the same
  print('All pages are saved');
}
