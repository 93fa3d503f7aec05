import type { Encoder } from "../../src/encoder/encoder.ts";

/** A deterministic encoder: mean red, green and blue of a picture, and its size, as a unit vector of 8 numbers. */
export function openMeanEncoder(): Encoder {
  return {
    space: "fake-mean@1",
    dimensions: 8,
    accepts: new Set(["text", "image"]),
    relevance: { textToImage: 0.5, imageToImage: 0.9 },
    encode: async (contents, signal) => {
      signal.throwIfAborted();
      return contents.map((content) => {
        const vector = new Float32Array(8);
        if (content.kind === "text") return vector;
        const { data, width, height } = content.pixels;
        for (const [index, value] of data.entries()) vector[index % 3] = (vector[index % 3] ?? 0) + value;
        vector[3] = width;
        vector[4] = height;
        const length = Math.hypot(...vector);
        return vector.map((value) => value / length);
      });
    },
    vocabularyOf: (text) => ({ known: [], unknown: text.split(/\s+/).filter((word) => word !== "") }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
