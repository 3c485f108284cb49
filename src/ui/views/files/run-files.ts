import { lab } from '../../state/use-lab.ts';

/** Hands the run to the browser as a file. Nothing happens when there is none. */
export function saveRun(): void {
  const file = lab.savedRun();
  if (file === null) return;
  const address = URL.createObjectURL(new Blob([file.json], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Lets the user choose a file, and opens the run in it. Precondition: in answer to a press or a click. */
export function chooseRun(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void openRun(file);
  });
  input.click();
}

export async function openRun(file: File): Promise<void> {
  let json: string;
  try {
    json = await file.text();
  } catch {
    // The browser's words ("NotReadableError") help nobody.
    lab.tellUnread(file.name);
    return;
  }
  await lab.openRun(file.name, json);
}
