/** A fixed number of places to work in; each holds something of its own that lasts between uses. */
export interface Slots<T> {
  readonly all: readonly T[];
  /** Waits for a free place: the one used last, so that few are started. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<{ readonly slot: T; readonly release: () => void }>;
}

export function openSlots<T>(slots: readonly T[]): Slots<T> {
  const free = [...slots];
  const waiting = new Set<() => void>();

  const turn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        waiting.delete(go);
        signal.removeEventListener("abort", stop);
        resolve();
      };
      const stop = () => {
        waiting.delete(go);
        reject(signal.reason);
      };
      waiting.add(go);
      signal.addEventListener("abort", stop, { once: true });
    });

  return {
    all: slots,
    async take(signal) {
      signal.throwIfAborted();
      for (;;) {
        const slot = free.pop();
        if (slot !== undefined) return { slot, release: () => release(slot) };
        await turn(signal);
      }
    },
  };

  function release(slot: T): void {
    free.push(slot);
    const [next] = waiting;
    next?.();
  }
}
