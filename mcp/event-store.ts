import type { EventStore } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

/** A client that lost its line asks for what it missed; what is older than this many messages is gone. */
const mostKept = 500;
const mostBytes = 8_000_000;

interface Kept {
  readonly id: string;
  readonly streamId: string;
  readonly message: JSONRPCMessage;
  readonly bytes: number;
}

/** The newest messages of one session, in memory. */
export function openEventStore(): EventStore {
  const kept: Kept[] = [];
  let bytes = 0;
  let count = 0;
  return {
    storeEvent: async (streamId, message) => {
      count += 1;
      const event = { id: `${count}`, streamId, message, bytes: JSON.stringify(message).length };
      bytes += event.bytes;
      kept.push(event);
      while (kept.length > 1 && (kept.length > mostKept || bytes > mostBytes))
        bytes -= kept.shift()?.bytes ?? 0;
      return event.id;
    },
    getStreamIdForEventId: async (eventId) => kept.find(({ id }) => id === eventId)?.streamId,
    replayEventsAfter: async (lastEventId, { send }) => {
      const start = kept.findIndex(({ id }) => id === lastEventId);
      const last = kept[start];
      if (!last) return "";
      const missed = kept.slice(start + 1).filter(({ streamId }) => streamId === last.streamId);
      // A priming event carries no message: there is nothing to say again.
      for (const { id, message } of missed) if ("jsonrpc" in message) await send(id, message);
      return last.streamId;
    },
  };
}
