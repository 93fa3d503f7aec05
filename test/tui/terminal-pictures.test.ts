import { inflateSync } from "node:zlib";
import xterm from "@xterm/headless";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { MediaId } from "../../src/media/media-item.ts";
import { timeSpan } from "../../src/media/span.ts";
import { tuiEn } from "../../src/messages/tui-en.ts";
import { blockRows } from "../../src/tui/block-rows.ts";
import { columnsOf } from "../../src/tui/graphemes.ts";
import { openKeyReader } from "../../src/tui/keys.ts";
import { textOfLine } from "../../src/tui/line.ts";
import { paintLine } from "../../src/tui/paint.ts";
import { protocolFor, terminalQuery } from "../../src/tui/picture-protocol.ts";
import { pngOf } from "../../src/tui/png.ts";
import { sixelOf } from "../../src/tui/sixel.ts";
import { openTerminalPictures } from "../../src/tui/terminal-pictures.ts";

/** 16 by 9 fields: red above, blue below. */
const picture = {
  width: 16,
  height: 9,
  data: Uint8Array.from({ length: 16 * 9 * 3 }, (_, at) => {
    const red = at < 16 * 5 * 3;
    return at % 3 === 0 ? (red ? 255 : 0) : at % 3 === 2 ? (red ? 0 : 255) : 0;
  }),
};

const kitty = { TERM: "xterm-kitty", KITTY_WINDOW_ID: "1" };

function rowsWith(env: NodeJS.ProcessEnv, replies: readonly string[]) {
  const pictures = openTerminalPictures(env);
  for (const reply of replies) pictures.hear(reply);
  const citation = {
    handle: "e1",
    mediaId: "m" as MediaId,
    kind: "video",
    path: "/v/a.mp4",
    span: timeSpan(0, 1000),
    check: "pixels",
  } as const;
  const rows = blockRows(
    { type: "citations", moments: [{ number: 1, citation, thumbnail: picture }] },
    {
      columns: 80,
      say: tuiEn,
      pictures: true,
      showThoughts: false,
      showResults: false,
      placePicture: pictures.place,
    },
  );
  const painted = rows.map((row) => paintLine(row, { colour: "full", links: false }));
  return { rows, pictures, output: pictures.fill(painted.join("\n")) };
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
}

test("graphics are used where the terminal has them, and inside another terminal only where they are asked for", () => {
  expect(protocolFor(kitty, {})).toBe("blocks");
  expect(protocolFor(kitty, { kitty: true })).toBe("kitty");
  expect(protocolFor({ ...kitty, TMUX: "/tmp/t" }, { kitty: true })).toBe("blocks");
  expect(protocolFor({ TERM: "screen-256color" }, { sixel: true })).toBe("blocks");
  expect(protocolFor({ TERM: "tmux-256color", SIGHTLINE_PICTURES: "sixel" }, {})).toBe("sixel");
  expect(protocolFor({ TERM_PROGRAM: "iTerm.app" }, {})).toBe("iterm2");
  expect(protocolFor({ TERM: "foot" }, { sixel: true })).toBe("sixel");
  expect(protocolFor({ TERM: "foot", NO_COLOR: "1" }, { sixel: true })).toBe("none");
  expect(protocolFor({ ...kitty, SIGHTLINE_PICTURES: "none" }, { kitty: true })).toBe("none");
  expect(terminalQuery({ TMUX: "/tmp/t", TERM: "xterm-256color" })).toBe("");
});

test("a kitty picture is sent once, silently, and stands where its placeholders stand", () => {
  const { rows, pictures, output } = rowsWith(kitty, ["\u001b_Gi=31;OK\u001b\\", "\u001b_Gi=32;OK\u001b\\"]);
  const [facts = "", body = ""] = between(output, "\u001b_G", "\u001b\\").split(";");
  expect(facts).toMatch(/^a=T,U=1,i=\d+,c=16,r=5,f=24,s=16,v=9,o=z,q=2,m=0$/);
  expect(inflateSync(Buffer.from(body, "base64"))).toEqual(Buffer.from(picture.data));
  const id = Number(/i=(\d+)/.exec(facts)?.[1]);
  expect(output).toContain(`38;2;${id >> 16};${(id >> 8) & 255};${id & 255}`);
  expect(output.match(/\u{10eeee}/gu)).toHaveLength(80);
  expect(rows.map(textOfLine).filter((row) => columnsOf(row) > 80)).toEqual([]);
  expect(columnsOf("\u{10eeee}\u0305\u030d")).toBe(1);
  expect(pictures.fill(textOfLine(rows[0] ?? []))).not.toContain("\u001b_G");
});

test("a kitty that knows no placeholders draws at the cursor, which stays", () => {
  const { output } = rowsWith(kitty, ["\u001b_Gi=31;OK\u001b\\"]);
  expect(output).toMatch(/a=T,C=1,i=\d+,c=16,r=5,f=24,s=16,v=9,o=z,q=2,m=0;/);
  expect(output).toContain("7\r\u001b[5A\u001b[2C\u001b_G");
  expect(output).not.toContain("\u{10eeee}");
});

test("a sixel picture is drawn over blank cells from the row below, and the cursor comes back", async () => {
  const { output } = rowsWith({ TERM: "foot" }, ["\u001b[?62;4;22c", "\u001b[6;20;10t"]);
  expect(output).toContain('\u001b7\r\u001b[5A\u001b[2C\u001bP0;1;0q"1;1;160;100');
  const screen = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  await new Promise<void>((resolve) =>
    screen.write(`${output.replaceAll("\n", "\r\n")}\r\nafter`, () => resolve()),
  );
  const { active } = screen.buffer;
  const rows = Array.from({ length: 7 }, (_, at) => active.getLine(at)?.translateToString(true).trimEnd());
  expect(rows).toEqual([
    `${" ".repeat(20)}[1] a.mp4  0:00.0–0:01.0`,
    `${" ".repeat(20)}✓ checked in the picture   /open 1`,
    "",
    "",
    "",
    "",
    "after",
  ]);
});

test("an iTerm2 picture is a PNG of so many cells", async () => {
  const { output } = rowsWith({ TERM_PROGRAM: "iTerm.app" }, []);
  const [facts, body = ""] = between(output, "\u001b]1337;File=", "\u0007").split(":");
  expect(facts).toContain("width=16;height=5;preserveAspectRatio=1;doNotMoveCursor=1");
  const read = await sharp(Buffer.from(body, "base64")).raw().toBuffer({ resolveWithObject: true });
  expect(read.info).toMatchObject({ width: 16, height: 9, channels: 3 });
  expect(read.data).toEqual(Buffer.from(picture.data));
});

test("sixels hold every dot in its colour", () => {
  expect(pngOf(picture).subarray(1, 4).toString()).toBe("PNG");
  const text = sixelOf(picture);
  // Five rows of red and one of blue in the first band, three of blue in the second.
  expect(text).toBe('\u001bP0;1;0q"1;1;16;9#5;2;0;0;100#210;2;100;0;0#210!16^$#5!16_-#5!16F\u001b\\');
});

test("what the terminal answers never becomes text or a key, even in two pieces", () => {
  const reader = openKeyReader();
  const keys = [
    ...reader.push("a\u001b_Gi=31;O"),
    ...reader.push("K\u001b\\\u001b[6;20;10t\u001b[?62;4cb\u001b]11;rgb:0000/0000/0000\u0007"),
  ];
  expect(keys).toEqual([
    { type: "text", text: "a" },
    { type: "reply", text: "\u001b_Gi=31;OK\u001b\\" },
    { type: "reply", text: "\u001b[6;20;10t" },
    { type: "reply", text: "\u001b[?62;4c" },
    { type: "text", text: "b" },
    { type: "reply", text: "\u001b]11;rgb:0000/0000/0000\u0007" },
  ]);
  reader.push("\u001bP");
  expect(reader.flush()).toEqual([]);
});
