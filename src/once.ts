export interface Once<T> {
  (): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a part at its first use, once; a part that was never used is not opened to be closed. One that could not be
 * opened is tried again at its next use: a server outlives the minutes in which a model's or an object store's does not answer.
 */
export function once<T extends AsyncDisposable>(open: () => Promise<T>): Once<T> {
  let opened: Promise<T> | undefined;
  const part = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const close = async () => {
    const settled = await opened?.catch(() => undefined);
    await settled?.[Symbol.asyncDispose]();
  };
  return Object.assign(part, { close });
}
