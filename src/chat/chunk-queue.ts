/**
 * Turns callbacks into an async iteration: what is pushed comes out in order, and then the end or the error. A reader
 * that stops early aborts the work's signal and is let go only once the work has ended.
 */
export async function* iterate<T>(
  work: (push: (item: T) => void, abandoned: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void> {
  const abandon = new AbortController();
  const waiting: T[] = [];
  let wake = () => {};
  let ended = false;
  const push = (item: T) => {
    waiting.push(item);
    wake();
  };
  const end = () => {
    ended = true;
    wake();
  };
  const result = work(push, abandon.signal);
  result.then(end, end);
  try {
    while (!ended || waiting.length > 0) {
      yield* waiting.splice(0);
      if (ended || waiting.length > 0) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    if (!ended) abandon.abort(new Error("The caller stopped listening."));
    await result.catch(() => undefined);
  }
  await result;
}
