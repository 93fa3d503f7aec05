import type { AgentEvent } from "../../src/agent/agent-event.ts";
import type { Citation } from "../../src/media/citation.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";

export const citationOf = (check: Citation["check"]): Citation => ({
  handle: "e1",
  mediaId: "m" as MediaId,
  kind: "video",
  path: "/v/a.mp4",
  span: timeSpan(0, 1000),
  check,
});

export const runEnd = (over: Partial<Extract<AgentEvent, { type: "run-end" }>> = {}): AgentEvent => ({
  type: "run-end",
  reason: "answered",
  answer: "",
  citations: [],
  warnings: [],
  ...over,
});
