import { expect, test } from "vitest";
import { createMarkedText } from "../../src/chat/openai-server/marked-text.ts";
import { OverlongLineError, readEvents } from "../../src/chat/openai-server/sse.ts";

async function eventsOf(bytes: Buffer, size: number, maxLine?: number): Promise<readonly string[]> {
  async function* parts() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const all: string[] = [];
  for await (const event of readEvents(parts(), maxLine)) all.push(event);
  return all;
}

test("events are the same however the bytes are cut, with any line ends, comments and Chinese", async () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const lines = [
      ": warm",
      "event: x",
      "data: {门}",
      "",
      "data:two",
      "data: lines",
      "",
      "id: 7",
      "",
      "data",
      "",
      "data: half",
    ];
    const bytes = Buffer.from(lines.join(end), "utf8");
    for (let size = 1; size <= bytes.length; size++)
      expect(await eventsOf(bytes, size), `${JSON.stringify(end)} in pieces of ${size}`).toEqual([
        "{门}",
        "two\nlines",
        "",
      ]);
  }
});

test("a line, and an event of many lines, may not grow without end", async () => {
  await expect(eventsOf(Buffer.alloc(3000, "x"), 100, 1000)).rejects.toThrow(OverlongLineError);
  await expect(eventsOf(Buffer.from("data: many\n".repeat(500)), 100, 1000)).rejects.toThrow(
    OverlongLineError,
  );
});

test("marked text is the same however it is cut", () => {
  const whole = 'A < b <thin <think>why\n</thin></think>so <tool_call>{"name": "x"}</tool_call> <tool_cal';
  const wanted = [
    ["text", "A < b <thin "],
    ["thinking", "why\n</thin>"],
    ["text", "so "],
    ["call", '{"name": "x"}'],
    ["text", " <tool_cal"],
  ];
  for (let size = 1; size <= whole.length; size++) {
    const marked = createMarkedText();
    const pieces = whole.match(new RegExp(`[^]{1,${size}}`, "g"))!.flatMap((part) => marked.push(part));
    const joined: [string, string][] = [];
    for (const { kind, text } of [...pieces, ...marked.end()]) {
      const last = joined.at(-1);
      if (last?.[0] === kind) last[1] += text;
      else joined.push([kind, text]);
    }
    expect(joined, `pieces of ${size}`).toEqual(wanted);
  }
});

test("where no tools are offered, a written call is plain text", () => {
  const marked = createMarkedText({ calls: false });
  expect(marked.push("Write <tool_call> like this.")).toEqual([
    { kind: "text", text: "Write <tool_call> like this." },
  ]);
});
