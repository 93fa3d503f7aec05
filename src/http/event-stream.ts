import type { HttpBindings } from "@hono/node-server";
import type { Context, TypedResponse } from "hono";
import { streamSSE } from "hono/streaming";

/** How long in all a reader may keep a run waiting: it holds its place and its conversation meanwhile. */
export const readerPatienceMs = 30_000;
/** Shorter waits are this machine's own; a run has thousands of events. */
const noticedMs = 100;

/** To the typed client it is text: what its events hold stands in the description. */
export type EventStream = Response & TypedResponse<string, 200, "text">;

export interface EventSink {
  /** Aborted when the reader has gone, or was let go because it read nothing. */
  readonly signal: AbortSignal;
  /** Resolves when there is room for more. Throws the signal's reason once it is aborted. */
  send(data: string, event?: string): Promise<void>;
  /** Says that all is well where there is nothing to say: what lies between closes silent connections. */
  beat(): Promise<void>;
}

/**
 * Server-sent events of work that goes on only as fast as they are read. A reader who takes nothing is let go: what
 * is written while nobody reads would fill the memory, and a run that waits for ever keeps others from theirs.
 */
export function eventStream(
  context: Context,
  { patienceMs }: { readonly patienceMs: number },
  work: (sink: EventSink) => Promise<void>,
): EventStream {
  const response = streamSSE(context, async (stream) => {
    const stop = new AbortController();
    const { signal } = stop;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    aborted.catch(() => undefined);
    stream.onAbort(() => stop.abort(new Error("The reader has gone.")));
    const letGo = () => {
      stop.abort(new Error("The reader reads nothing."));
      stream.abort();
      // The server waits for the socket to drain, and would for ever.
      (context.env as Partial<HttpBindings> | undefined)?.outgoing?.destroy();
    };
    let patience = patienceMs;
    const patiently = async (write: () => Promise<unknown>) => {
      signal.throwIfAborted();
      const began = performance.now();
      const tooLong = setTimeout(letGo, patience);
      try {
        await Promise.race([write(), aborted]);
      } finally {
        clearTimeout(tooLong);
      }
      const waited = performance.now() - began;
      if (waited > noticedMs) patience = Math.max(0, patience - waited);
    };
    const sink: EventSink = {
      signal,
      send: (data, event) =>
        patiently(() => stream.writeSSE({ data, ...(event === undefined ? {} : { event }) })),
      beat: () => patiently(() => stream.write(": still here\n\n")),
    };
    await work(sink).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  });
  return response as EventStream;
}
