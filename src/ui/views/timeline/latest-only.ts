/**
 * Calls `act` with the latest value asked for: while one call is under way, only the last of the values that come in is
 * kept. A cursor that is dragged asks more often than a seek can answer.
 */
export function latestOnly<Value>(act: (value: Value) => Promise<void>): (value: Value) => void {
  let busy = false;
  let waiting: { readonly value: Value } | null = null;
  const run = async (value: Value): Promise<void> => {
    busy = true;
    try {
      await act(value);
    } finally {
      busy = false;
      const next = waiting;
      waiting = null;
      if (next !== null) void run(next.value);
    }
  };
  return (value) => {
    if (busy) waiting = { value };
    else void run(value);
  };
}
