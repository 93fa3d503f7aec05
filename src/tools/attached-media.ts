import type { Attachment } from "../media/attachment.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";

/** `#1`, `attachment 1` → what came with the question; undefined for a reference to the library. Throws `Failure` for a number that none has. */
export function attachedAt(reference: string, attachments: readonly Attachment[]): Attachment | undefined {
  const number = /^(?:attachment\s*#?|#)(\d+)$/i.exec(reference.trim())?.[1];
  if (number === undefined) return undefined;
  const attached = attachments[Number(number) - 1];
  if (attached) return attached;
  throw new Failure({
    code: "not-found",
    message: `There is no attachment ${number}; the question came with ${attachments.length}`,
    remedy: attachments.length === 0 ? "Name a file of the library." : "Name one of them, from #1.",
  });
}

export function wrongAttachment(reference: string, what: string, argument: "image" | "clip"): Failure {
  return new Failure({
    code: "invalid-input",
    message: `${reference} is ${what}`,
    remedy: `Give it as \`${argument}\`.`,
  });
}

/** A file that need not be in the library, for a reader of pictures. */
export function outside(kind: "image" | "video", path: string): MediaItem {
  return { id: "" as MediaItem["id"], kind, path, bytes: 0, modifiedAt: 0 };
}
