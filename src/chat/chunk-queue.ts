/** Turns callbacks into an async iteration: what is pushed comes out in order, and then the end or the error. */
export async function* iterate<T>(work: (push: (item: T) => void) => Promise<void>): AsyncGenerator<T, void> {
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
  const result = work(push);
  result.then(end, end);
  while (!ended || waiting.length > 0) {
    yield* waiting.splice(0);
    if (ended || waiting.length > 0) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  await result;
}
