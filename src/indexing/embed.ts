import type { Encoder } from "../encoder/encoder.ts";
import type { Cut } from "../ingest/extractor.ts";
import type { MediaId } from "../media/media-item.ts";
import type { EmbeddedSegment } from "../store/media-store.ts";

/** Pictures that wait in memory at most, for one file. */
const batchSize = 16;

/**
 * Cuts → segments. A cut with pixels gets their vector; words alone get none, they are found by full text.
 * Holds the pixels of one batch at a time, whatever the file's length.
 */
export async function embedCuts(
  mediaId: MediaId,
  cuts: AsyncIterable<Cut>,
  encoder: Encoder,
  signal: AbortSignal,
): Promise<readonly EmbeddedSegment[]> {
  const segments: EmbeddedSegment[] = [];
  let batch: Cut[] = [];
  const flush = async () => {
    segments.push(...(await embedBatch(mediaId, batch, encoder, signal)));
    batch = [];
  };
  for await (const cut of cuts) {
    signal.throwIfAborted();
    batch.push(cut);
    if (batch.length >= batchSize) await flush();
  }
  if (batch.length > 0) await flush();
  return segments;
}

async function embedBatch(mediaId: MediaId, cuts: readonly Cut[], encoder: Encoder, signal: AbortSignal) {
  const seen = cuts.flatMap(({ pixels }) => (pixels ? [{ kind: "image", pixels } as const] : []));
  const vectors = seen.length > 0 ? await encoder.encode(seen, signal) : [];
  if (vectors.length !== seen.length) {
    throw new Error(`${encoder.space} gave ${vectors.length} vectors for ${seen.length} pictures.`);
  }
  let next = 0;
  return cuts.map(({ pixels, ...rest }): EmbeddedSegment => {
    const vector = pixels ? vectors[next++] : undefined;
    return vector ? { ...rest, mediaId, vector } : { ...rest, mediaId };
  });
}
