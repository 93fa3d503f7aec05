import type { ChatMessage, ToolCall, ToolSpec } from "../chat-model.ts";

export type WirePart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

export interface WireMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | readonly WirePart[];
  readonly tool_calls?: readonly unknown[];
  readonly tool_call_id?: string;
  readonly name?: string;
}

export interface PictureManners {
  /** False: pictures are left out. */
  readonly sends: boolean;
  /** False: the server takes no pictures in tool messages; they follow in a user message. */
  readonly inTools: boolean;
  readonly urlOf: (file: string) => Promise<string | undefined>;
}

/** A frame's own time, as the prompt writes it before the frame: "<12.4 seconds>". */
const timeMarker = /<\d+(?:\.\d+)? seconds>/g;

/**
 * The conversation as the protocol writes it. A system message that is not the first becomes a user message, since
 * many templates drop or refuse it. Pictures stand behind their time markers where the text has one for each.
 */
export async function toWireMessages(
  messages: readonly ChatMessage[],
  pictures: PictureManners,
): Promise<readonly WireMessage[]> {
  const wire: WireMessage[] = [];
  let waiting: readonly WirePart[] = [];
  for (const [position, message] of messages.entries()) {
    if (message.role === "tool") {
      const { told, moved } = await toolMessage(message, pictures);
      wire.push(told);
      waiting = [...waiting, ...moved];
      continue;
    }
    say(wire, waiting);
    waiting = [];
    if (message.role === "assistant") wire.push(assistantMessage(message.text, message.toolCalls ?? []));
    else if (message.role === "user") say(wire, await partsOf(message, pictures));
    else if (position === 0) wire.push({ role: "system", content: message.text });
    else say(wire, [textPart(message.text)]);
  }
  say(wire, waiting);
  return wire;
}

type MessageOf<Role extends ChatMessage["role"]> = Extract<ChatMessage, { role: Role }>;

/** A tool's message, and what of it must follow in a user message. */
async function toolMessage(
  message: MessageOf<"tool">,
  pictures: PictureManners,
): Promise<{ readonly told: WireMessage; readonly moved: readonly WirePart[] }> {
  const { callId, name, text } = message;
  const parts = await partsOf(message, pictures);
  const head = { role: "tool", tool_call_id: callId, name } as const;
  if (pictures.inTools || parts.every((part) => part.type === "text"))
    return { told: { ...head, content: plain(parts) }, moved: [] };
  const shown = parts.filter((part) => part.type === "image_url" || part.text !== text);
  return { told: { ...head, content: text }, moved: [textPart(`Pictures of ${name}:`), ...shown] };
}

/** Two user messages in a row become one: some templates want the roles to take turns. */
function say(wire: WireMessage[], parts: readonly WirePart[]): void {
  if (parts.length === 0) return;
  const last = wire.at(-1);
  if (last?.role !== "user") {
    wire.push({ role: "user", content: plain(parts) });
    return;
  }
  const before = typeof last.content === "string" ? [textPart(last.content)] : last.content;
  wire[wire.length - 1] = { role: "user", content: plain([...before, ...parts]) };
}

async function partsOf(
  message: MessageOf<"user" | "tool">,
  { sends, urlOf }: PictureManners,
): Promise<readonly WirePart[]> {
  const files = sends ? (message.imagePaths ?? []) : [];
  if (files.length === 0) return [textPart(message.text)];
  const images = (await Promise.all(files.map(urlOf))).map((url) =>
    url === undefined ? textPart("[a picture that is gone]") : imagePart(url),
  );
  const markers = [...message.text.matchAll(timeMarker)];
  if (markers.length !== images.length) return [textPart(message.text), ...images];
  const ends = markers.map((marker) => marker.index + marker[0].length);
  const pieces = images.flatMap((image, i) => [
    textPart(message.text.slice(ends[i - 1] ?? 0, ends[i])),
    image,
  ]);
  return [...pieces, textPart(message.text.slice(ends.at(-1)))].filter(
    (part) => part.type === "image_url" || part.text !== "",
  );
}

function textPart(text: string): WirePart {
  return { type: "text", text };
}

function imagePart(url: string): WirePart {
  return { type: "image_url", image_url: { url } };
}

/** Text alone goes as a string: not every template reads parts. */
function plain(parts: readonly WirePart[]): string | readonly WirePart[] {
  const texts = parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  return texts.length === parts.length ? texts.join("\n\n") : parts;
}

function assistantMessage(text: string, calls: readonly ToolCall[]): WireMessage {
  return {
    role: "assistant",
    content: text,
    ...(calls.length > 0 ? { tool_calls: calls.map(wireCall) } : {}),
  };
}

/** Templates parse the arguments of earlier calls, and a server fails on ones that are no JSON object. */
function wireCall({ id, name, argumentsJson }: ToolCall): unknown {
  return { id, type: "function", function: { name, arguments: objectJson(argumentsJson) } };
}

function objectJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return text;
  } catch {
    // Falls through: what the model wrote goes along as a string.
  }
  return JSON.stringify({ invalid_arguments: text.slice(0, 400) });
}

export function toWireTools(tools: readonly ToolSpec[]): readonly unknown[] {
  return tools.map(({ name, description, parameters }) => ({
    type: "function",
    function: { name, description, parameters },
  }));
}
