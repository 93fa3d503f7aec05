/** What the work gives; undefined where it takes longer, or is aborted before. */
export async function inTime<T>(
  work: Promise<T>,
  mostMs: number,
  signal: AbortSignal,
): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  let giveUp = () => {};
  const late = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
  });
  const timer = setTimeout(giveUp, mostMs);
  signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
  }
}
