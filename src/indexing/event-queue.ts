export interface EventQueue<Event> {
  push(event: Event): void;
  /** Ends the iteration once all that was pushed is read; with an error, by throwing it. */
  end(error?: unknown): void;
  drain(): AsyncGenerator<Event, void, undefined>;
}

/** Joins what several workers say into one async generator. */
export function eventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let ended: { readonly error?: unknown } | undefined;
  let wake = () => {};
  return {
    push: (event) => {
      waiting.push(event);
      wake();
    },
    end: (error) => {
      ended ??= error === undefined ? {} : { error };
      wake();
    },
    async *drain() {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else if (ended) break;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      if ("error" in ended) throw ended.error;
    },
  };
}
