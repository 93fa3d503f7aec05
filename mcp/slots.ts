/** Lets so many pieces of work run at once; the others wait their turn, and leave the queue when they are aborted. */
export function openSlots(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const take = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      waiting.push(enter);
      signal.addEventListener("abort", leave, { once: true });
    });
  };
  return async <Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
    await take(signal);
    try {
      return await work();
    } finally {
      release();
    }
  };
}
