import { randomUUID } from "node:crypto";
import type { Conversation } from "../agent/conversation.ts";
import { Failure } from "../media/failure.ts";

export interface Held {
  readonly id: string;
  readonly conversation: Conversation;
}

export interface Conversations {
  /** Takes a conversation for one run; nobody else has it until `release`. Throws `Failure` when unknown or at work. */
  take(id: string | undefined, start: () => Promise<Conversation>): Promise<Held>;
  release(held: Held): void;
  readonly count: number;
}

const mostKept = 200;
const idleMs = 60 * 60 * 1000;

/** Conversations of the page and of API clients, in memory: the oldest idle ones are forgotten. */
export function openConversations(now: () => number = Date.now): Conversations {
  const kept = new Map<string, { readonly held: Held; busy: boolean; usedAt: number }>();

  const forget = () => {
    for (const [id, one] of kept) {
      const old = now() - one.usedAt > idleMs || kept.size > mostKept;
      if (old && !one.busy) kept.delete(id);
    }
  };

  return {
    get count() {
      return kept.size;
    },
    take: async (id, start) => {
      forget();
      if (id === undefined) {
        const held = { id: randomUUID(), conversation: await start() };
        kept.set(held.id, { held, busy: true, usedAt: now() });
        return held;
      }
      const known = kept.get(id);
      if (!known) throw unknownConversation();
      if (known.busy) throw atWork();
      known.busy = true;
      // The one used last stands last: the first is the one to forget.
      kept.delete(id);
      kept.set(id, known);
      return known.held;
    },
    release: ({ id }) => {
      const one = kept.get(id);
      if (!one) return;
      one.busy = false;
      one.usedAt = now();
    },
  };
}

function unknownConversation(): Failure {
  return new Failure({
    code: "not-found",
    message: "This conversation is not known, or it was idle for too long.",
    remedy: "Ask without `conversation` to start a new one.",
  });
}

function atWork(): Failure {
  return new Failure({
    code: "busy",
    message: "This conversation still answers the question before.",
    remedy: "Wait for it, or close that connection to stop it.",
  });
}
