import { colourFeatures } from "./colour-features.ts";
import type { FeatureRows } from "./feature-rows.ts";
import type { GraphBuilder } from "./graph.ts";
import { textureFeatures } from "./texture-features.ts";

/** Side of the square that every picture is squashed to, in pixels. */
export const inputSide = 128;

/** `pixel_values` [N, 3, side, side], sRGB 0…1 → classical features. */
export function pictureFeatures(graph: GraphBuilder, pixels: string): FeatureRows {
  const colour = colourFeatures(graph, pixels);
  const texture = textureFeatures(graph, pixels);
  return {
    described: [...colour.described, ...texture.described],
    particular: [...colour.particular, ...texture.particular],
  };
}
