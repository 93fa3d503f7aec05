import { Failure } from "../media/failure.ts";
import { formatTimeCode, parseTimeCode } from "../media/time-code.ts";

/** `path#t=a,b`, the notation of W3C Media Fragments; an end or start may be left out. */
export interface ClipReference {
  readonly path: string;
  readonly startMs: number;
  /** Undefined: to the end of the file. */
  readonly endMs?: number;
}

const fragment = /^(?<path>.+)#t=(?:npt:)?(?<start>[\d:.]*)(?:,(?<end>[\d:.]+))?$/su;

/**
 * Parses `party.mp4#t=12,18`, `#t=1:02.5,1:10`, `#t=,18` and `#t=12`; only the last `#t=` counts, so that file names
 * may hold `#`. Without a fragment the whole file is meant. Throws `Failure` for a range that is none.
 */
export function parseClipReference(text: string): ClipReference {
  const parts = fragment.exec(text)?.groups;
  if (parts === undefined) return wholeFile(text);
  const path = parts.path ?? "";
  const startMs = parts.start ? parseTimeCode(parts.start) : 0;
  const endMs = parts.end ? parseTimeCode(parts.end) : undefined;
  if (
    startMs === undefined ||
    (parts.end && endMs === undefined) ||
    (endMs !== undefined && endMs <= startMs)
  ) {
    throw notAClip(text);
  }
  return { path, startMs, ...(endMs === undefined ? {} : { endMs }) };
}

function wholeFile(text: string): ClipReference {
  if (text.trim() === "" || /#t=[^/\\]*$/u.test(text)) throw notAClip(text);
  return { path: text, startMs: 0 };
}

function notAClip(text: string): Failure {
  return new Failure({
    code: "invalid-input",
    message: `\`${text}\` is no clip`,
    remedy: "Write the file, then the start and end in seconds: party.mp4#t=12,18.",
  });
}

export function formatClipReference({ path, startMs, endMs }: ClipReference): string {
  const end = endMs === undefined ? "" : `,${formatTimeCode(endMs)}`;
  return `${path}#t=${formatTimeCode(startMs)}${end}`;
}
