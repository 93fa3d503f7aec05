import type { Encoder } from "../encoder/encoder.ts";
import type { Measure } from "./refine.ts";

/** Measures frames by their cosine similarity to a vector. */
export function similarityTo(encoder: Encoder, vector: Float32Array): Measure {
  return async (frames, signal) => {
    const contents = frames.map(({ pixels }) => ({ kind: "image", pixels }) as const);
    const vectors = await encoder.encode(contents, signal);
    return vectors.map((other) => other.reduce((sum, value, i) => sum + value * vector[i]!, 0));
  };
}
