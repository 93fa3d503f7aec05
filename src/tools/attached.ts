import type { Attachment } from "../media/attachment.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";

/** Whether a reference means what came with the question: `#1`, `#2`, as its text numbers them. */
export function isAttachmentReference(reference: string): boolean {
  return /^#\d+$/.test(reference.trim());
}

/** The attachment that `#1` means, of this kind. Throws `Failure` where there is none. */
export function attachmentOf<Kind extends Attachment["kind"]>(
  reference: string,
  kind: Kind,
  attachments: readonly Attachment[] | undefined,
): Extract<Attachment, { kind: Kind }> {
  const number = Number(reference.trim().slice(1));
  const found = attachments?.[number - 1];
  if (found?.kind === kind) return found as Extract<Attachment, { kind: Kind }>;
  throw new Failure({
    code: "not-found",
    message: `No ${kind} with the number #${number} came with the question`,
    remedy: `Use one of the ${attachments?.length ?? 0} that did, an image as \`image\`, a clip as \`clip\`.`,
  });
}

/** A file that need not be in the library, so that it can be read like one of it. */
export function itemOf(attachment: Attachment): MediaItem {
  const kind = attachment.kind === "image" ? "image" : "video";
  return { id: "" as MediaItem["id"], kind, path: attachment.path, bytes: 0, modifiedAt: 0 };
}
