import type { Library } from "../library.ts";
import { Failure } from "../media/failure.ts";
import { inTime } from "./in-time.ts";
import { mostThumbnails, pictureOfCitation } from "./thumbnails.ts";
import type { Block, CitedMoment } from "./view.ts";

/** A conversation is on the screen after so long, with the pictures that are there by then. */
const mostMs = 2_500;
/** As many as anybody scrolls back to. */
const mostPictures = 24;
const atOnce = 4;

/**
 * The blocks of a saved conversation with pictures on its newest cards. They are not saved with it but decoded again,
 * from files that may have moved or be gone: a card whose file cannot be read stays without.
 *
 * @param side of a picture, in pixels at most
 */
export async function illustrated(
  blocks: readonly Block[],
  library: () => Promise<Pick<Library, "store" | "pictures">>,
  side: () => number,
  signal: AbortSignal,
): Promise<readonly Block[]> {
  const all = blocks.flatMap((block) =>
    block.type === "citations" ? block.moments.slice(0, mostThumbnails) : [],
  );
  if (all.length === 0) return blocks;
  const waiting = all.slice(-mostPictures).reverse();
  const drawn = new Map<CitedMoment, CitedMoment>();
  const over = new AbortController();
  const decodeInTurn = async () => {
    const opened = await library();
    const decode = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (over.signal.aborted) return;
        const thumbnail = await pictureOfCitation(opened, next.citation, over.signal, side());
        if (thumbnail) drawn.set(next, { ...next, thumbnail });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, decode));
  };
  const decoding = decodeInTurn().catch((error: unknown) => {
    // The library tells why it cannot be opened where it is asked something; who has left has closed it.
    if (!over.signal.aborted && !(error instanceof Failure)) throw error;
  });
  await inTime(decoding, mostMs, signal);
  over.abort();
  return blocks.map((block) =>
    block.type === "citations"
      ? { ...block, moments: block.moments.map((one) => drawn.get(one) ?? one) }
      : block,
  );
}
