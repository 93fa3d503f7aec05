export interface Once<T> {
  (): Promise<T>;
  close(): Promise<void>;
}

/** Opens a part at its first use, once; a part that was never used is not opened to be closed. */
export function once<T extends AsyncDisposable>(open: () => Promise<T>): Once<T> {
  let opened: Promise<T> | undefined;
  const part = () => {
    opened ??= open();
    return opened;
  };
  const close = async () => {
    const settled = await opened?.catch(() => undefined);
    await settled?.[Symbol.asyncDispose]();
  };
  return Object.assign(part, { close });
}
