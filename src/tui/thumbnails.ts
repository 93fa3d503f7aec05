import type { Library } from "../library.ts";
import type { Citation } from "../media/citation.ts";
import { Failure } from "../media/failure.ts";
import type { Pixels } from "../media/pixels.ts";

/** Of an answer that cites more, the first. */
export const mostThumbnails = 6;

/** For half blocks, and for a terminal that draws pixels. */
export const thumbnailSide = { coarse: 96, fine: 320 } as const;

/** The picture that a citation is about; undefined where there is none, or it cannot be read. */
export async function pictureOfCitation(
  { store, pictures }: Pick<Library, "store" | "pictures">,
  { mediaId, span }: Citation,
  signal: AbortSignal,
  longestSide: number = thumbnailSide.coarse,
): Promise<Pixels | undefined> {
  try {
    const item = await store.get(mediaId);
    if (!item) return undefined;
    const options = { longestSide };
    if (item.kind === "image") return await pictures.image(item, signal, options);
    if (item.kind === "document")
      return span.kind === "page" ? await pictures.page(item, span.page, signal, options) : undefined;
    if (item.kind !== "video" || span.kind !== "time") return undefined;
    const [frame] = await pictures.framesAt(item, [(span.startMs + span.endMs) / 2], signal, options);
    return frame?.pixels;
  } catch (error) {
    if (signal.aborted || error instanceof Failure) return undefined;
    throw error;
  }
}
