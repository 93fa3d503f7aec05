import { open } from "node:fs/promises";
import { extname } from "node:path";
import { Failure } from "../../media/failure.ts";
import { plainText } from "../../media/plain-text.ts";
import { fileFailure } from "../first-bytes.ts";
import { decodeText } from "./decode-text.ts";
import { markdownSections, plainSections, type Section } from "./sections.ts";

/** Enough for a long book; what a larger file holds beyond it is not indexed, and its facts say so. */
const largestBytes = 8 * 1024 * 1024;

export interface TextFile {
  readonly sections: readonly Section[];
  readonly title?: string;
  /** Of how many bytes only the first were read; absent where all were. */
  readonly cutFromBytes?: number;
}

/** A plain text or Markdown file by section. Throws `Failure` "unsupported" for a file that holds no text. */
export async function readTextFile(path: string): Promise<TextFile> {
  const { bytes, size } = await readStart(path);
  const text = decodeText(bytes);
  if (text === undefined)
    throw new Failure({
      code: "unsupported",
      message: `${path} does not hold text, whatever its name says.`,
      remedy: "See what it is with `file`, and give it the right extension.",
    });
  const isMarkdown = /^\.(?:md|markdown)$/iu.test(extname(path));
  const sections = isMarkdown ? markdownSections(text) : plainSections(text);
  const title = isMarkdown ? plainText(sections[0]?.headings[0] ?? "", 200) : "";
  return { sections, ...(title && { title }), ...(size > bytes.length && { cutFromBytes: size }) };
}

async function readStart(path: string): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(size, largestBytes));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return { bytes: bytes.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw fileFailure(path, cause);
  }
}
