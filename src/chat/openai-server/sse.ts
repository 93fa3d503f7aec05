/** A line longer than this is no event of a chat: it would only fill the memory. */
export const longestLine = 4 * 1024 * 1024;

/** Thrown for a line that does not end within the limit. */
export class OverlongLineError extends Error {
  override readonly name = "OverlongLineError";
}

/**
 * The data of server-sent events, one string an event, as they arrive. Understands `\n`, `\r\n` and `\r`, several
 * `data:` lines in one event, comments, and characters cut by a chunk's border. An event without its closing empty
 * line at the end of the stream is dropped, as the standard says: it may be half.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  maxLine: number = longestLine,
): AsyncGenerator<string, void> {
  let data: string[] = [];
  let size = 0;
  for await (const line of readLines(body, maxLine)) {
    if (line === "") {
      if (data.length > 0) yield data.join("\n");
      data = [];
      size = 0;
      continue;
    }
    if (line !== "data" && !line.startsWith("data:")) continue;
    data.push(line.slice("data:".length).replace(/^ /, ""));
    size += line.length;
    if (size > maxLine) throw new OverlongLineError(`An event is longer than ${maxLine} characters.`);
  }
}

async function* readLines(body: AsyncIterable<Uint8Array>, maxLine: number): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  let afterReturn = false;
  for await (const part of body) {
    let text = decoder.decode(part, { stream: true });
    if (text === "") continue;
    if (afterReturn && text.startsWith("\n")) text = text.slice(1);
    afterReturn = text === "" ? false : text.endsWith("\r");
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = rest + (lines[0] ?? "");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > maxLine) throw new OverlongLineError(`A line is longer than ${maxLine} characters.`);
  }
}
