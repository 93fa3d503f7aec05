import type { Store, Task } from "./chat-state.ts";

/** What commands do beside the answers; Esc stops it. */
export interface Tasks {
  /**
   * Does a command's work, with a row on the screen for as long as it takes.
   *
   * @param what names the work in that row
   * @param stopped is said where it was stopped before it was done; it has taken back by then what it had begun
   */
  during(what: string, stopped: string, work: (signal: AbortSignal) => Promise<string>): Promise<string>;
  /** False when nothing was at work. */
  stop(): boolean;
  /** Stops what is at work and is done when it has ended. */
  end(): Promise<void>;
}

export function openTasks(store: Store): Tasks {
  const atWork = new Set<{
    readonly task: Omit<Task, "isStopping">;
    readonly stopping: AbortController;
    readonly over: Promise<unknown>;
  }>();
  const show = () => {
    const tasks = [...atWork].map(({ task, stopping }) => ({ ...task, isStopping: stopping.signal.aborted }));
    store.change({ tasks });
  };
  const stop = () => {
    const going = [...atWork].filter(({ stopping }) => !stopping.signal.aborted);
    for (const { stopping } of going) stopping.abort();
    if (going.length > 0) show();
    return going.length > 0;
  };
  return {
    during: async (what, stopped, work) => {
      const task = { what, since: performance.now() };
      const stopping = new AbortController();
      const working = work(stopping.signal);
      const one = { task, stopping, over: working.catch(() => {}) };
      atWork.add(one);
      show();
      try {
        return await working;
      } catch (error) {
        if (stopping.signal.aborted) return stopped;
        throw error;
      } finally {
        atWork.delete(one);
        show();
      }
    },
    stop,
    end: async () => {
      stop();
      await Promise.all([...atWork].map(({ over }) => over));
    },
  };
}
