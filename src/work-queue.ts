import { Failure } from "./media/failure.ts";

export interface WorkQueue {
  /** Runs `work` when there is room. Throws `Failure` "busy" at once when too many wait already. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Throws the same when the next one would be turned away. */
  refuseWhenFull(): void;
  readonly running: number;
  readonly waiting: number;
}

/** At most `limit` at work; up to `longest` wait their turn, first come, first served. */
export function openWorkQueue(limit: number, longest: number): WorkQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  const turn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      waiting.push(go);
      signal.addEventListener("abort", leave, { once: true });
    });

  const refuseWhenFull = () => {
    if (running >= limit && waiting.length >= longest) throw tooMany();
  };

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.length;
    },
    refuseWhenFull,
    run: async (work, signal) => {
      signal.throwIfAborted();
      refuseWhenFull();
      if (running >= limit) {
        await turn(signal);
      } else running += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

function tooMany(): Failure {
  return new Failure({
    code: "busy",
    message: "Too many requests wait already.",
    remedy: "Wait a second and send it again.",
  });
}
