import type { ChatMessage } from "../chat/chat-model.ts";
import type { Evidence, Finding } from "../media/citation.ts";
import { spanKey } from "../media/span.ts";

/** What was said and what was found; lives as long as the chat window, or one `ask`. */
export interface Conversation {
  readonly messages: readonly ChatMessage[];
  /** In the order in which handles were handed out. */
  readonly evidence: readonly Evidence[];
  add(message: ChatMessage): void;
  /** Gives each finding its handle: a new one, or the one that the same finding already has. */
  record(findings: readonly Finding[]): readonly Evidence[];
  find(handle: string): Evidence | undefined;
  /** Takes evidence over with the handles that it was given in an earlier life of the conversation. */
  restore(evidence: readonly Evidence[]): void;
}

export function startConversation(system?: string): Conversation {
  const messages: ChatMessage[] = system === undefined ? [] : [{ role: "system", text: system }];
  const byHandle = new Map<string, Evidence>();
  const byKey = new Map<string, Evidence>();

  const recordOne = (finding: Finding): Evidence => {
    const key = findingKey(finding);
    const handle = byKey.get(key)?.handle ?? `e${byHandle.size + 1}`;
    const evidence: Evidence = { ...finding, handle };
    byKey.set(key, evidence);
    byHandle.set(handle, evidence);
    return evidence;
  };

  return {
    messages,
    get evidence() {
      return [...byHandle.values()];
    },
    add: (message) => {
      messages.push(message);
    },
    record: (findings) => findings.map(recordOne),
    find: (handle) => byHandle.get(handle),
    restore: (evidence) => {
      for (const one of evidence) {
        byKey.set(findingKey(one), one);
        byHandle.set(one.handle, one);
      }
    },
  };
}

/** A conversation as it was saved: the same messages, and handles that mean what they meant. */
export function restoreConversation(messages: readonly ChatMessage[]): Conversation {
  const conversation = startConversation();
  for (const message of messages) {
    conversation.add(message);
    if (message.role === "tool") conversation.restore(message.evidence);
  }
  settle(conversation);
  return conversation;
}

/**
 * Equal for two findings that say the same of the same place. Two objects may share a span, and two
 * sections of a document a page, so the object's number and the text belong to it.
 */
function findingKey(finding: Finding): string {
  const { event, text } = finding;
  const what = event ? `${event.kind}#${event.track}` : (text ?? "");
  return [finding.mediaId, spanKey(finding.span), finding.source, what].join("\u0000");
}

/**
 * Leaves a history that can go on, however a run ended: every tool call has a result, and a question an answer.
 * `partial` is what the model had said of a turn that was not finished.
 */
export function settle(conversation: Conversation, partial = ""): void {
  for (const call of openCalls(conversation.messages)) {
    conversation.add({
      role: "tool",
      callId: call.id,
      name: call.name,
      text: "Interrupted before there was a result.",
      isError: true,
      evidence: [],
    });
  }
  const last = conversation.messages.at(-1);
  if (last && last.role !== "assistant" && last.role !== "system") {
    conversation.add({ role: "assistant", text: partial.trim() || "(interrupted)" });
  }
}

function openCalls(messages: readonly ChatMessage[]): readonly { id: string; name: string }[] {
  const answered = new Set(messages.flatMap((message) => (message.role === "tool" ? [message.callId] : [])));
  return messages.flatMap((message) =>
    message.role === "assistant" ? (message.toolCalls ?? []).filter((call) => !answered.has(call.id)) : [],
  );
}
