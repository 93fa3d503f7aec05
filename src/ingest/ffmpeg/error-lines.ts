import { Failure } from "../../media/failure.ts";

const keptLines = 6;
const longestLine = 240;

/** The last lines that a program wrote, without control characters, for a message to a person. */
export class ErrorLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    // "[mov,mp4 @ 0x55d0c1] moov atom not found": the address says nothing to a person.
    const clean = printable(line.replace(/^\[([^\]@]*?) @ 0x[\da-f]+\]/i, "$1:"));
    if (clean === "" || this.#lines.at(-1) === clean) return;
    this.#lines.push(clean);
    if (this.#lines.length > keptLines) this.#lines.shift();
  }

  text(): string {
    return this.#lines.join(" | ");
  }
}

/** Text from a file or a program, safe for a terminal: control and direction characters out, cut to a line. */
export function printable(text: string): string {
  return text
    .replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
    .slice(0, longestLine);
}

/** What ffmpeg's last words mean for the person who owns the file. */
export function decodeFailure(file: string, lastLines: string): Failure {
  const name = printable(file);
  // The file is named already: ffmpeg names it once more in front of what it says.
  const words = lastLines.replaceAll(`file:${name}: `, "").replaceAll(`${name}: `, "");
  const said = words === "" ? "" : ` ffmpeg says: ${words}`;
  if (/not on whitelist/i.test(lastLines)) {
    return new Failure({
      code: "unsupported",
      message: `${name} is not a video or audio file that holds its own media (a playlist, a list of files, or another kind).${said}`,
      remedy: "Index the media files themselves. If the name has the wrong ending, rename the file.",
    });
  }
  if (/no such file/i.test(lastLines)) {
    return new Failure({
      code: "not-found",
      message: `${name} is not there any more.`,
      remedy: "Run `sightline index` on its folder again.",
    });
  }
  if (/permission denied/i.test(lastLines)) {
    return new Failure({
      code: "unreadable",
      message: `${name} may not be read.`,
      remedy: `Give yourself the right to read it: chmod u+r "${name}"`,
    });
  }
  if (/decoder.*not found|unknown decoder|could not find codec parameters|no decoder/i.test(lastLines)) {
    return new Failure({
      code: "unsupported",
      message: `This ffmpeg cannot decode ${name}.${said}`,
      remedy: "Install a current ffmpeg (`sightline doctor` shows which one is in use).",
    });
  }
  return new Failure({
    code: "corrupt",
    message: `${name} cannot be decoded: it is damaged, cut off, or no media file.${said}`,
    remedy: "Copy it again from its source, and check that it plays there.",
  });
}
