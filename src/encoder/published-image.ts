import { z } from "zod";
import { Failure } from "../media/failure.ts";
import type { EncoderManifest } from "./manifest.ts";
import { readJson } from "./published-json.ts";

const name = "preprocessor_config.json";
const rgb = z.tuple([z.number(), z.number(), z.number()]);
const side = z.union([
  z.int().positive(),
  z.object({ shortest_edge: z.int().positive() }),
  z.object({ height: z.int().positive(), width: z.int().positive() }),
]);

const shape = z.looseObject({
  size: side,
  crop_size: side.optional(),
  do_center_crop: z.boolean().optional(),
  do_normalize: z.boolean().optional(),
  do_rescale: z.boolean().optional(),
  rescale_factor: z.number().optional(),
  image_mean: rgb.optional(),
  image_std: rgb.optional(),
  /** Pillow's numbers. */
  resample: z.int().optional(),
});

const clipMean = [0.48145466, 0.4578275, 0.40821073] as const;
const clipStd = [0.26862954, 0.26130258, 0.27577711] as const;
const half = [0.5, 0.5, 0.5] as const;
const pillow = { bilinear: 2, bicubic: 3 } as const;

/** How pictures are prepared, from `preprocessor_config.json`. Throws `Failure` (`unsupported`) for other ways. */
export async function imageRules(
  directory: string,
  family: "clip" | "siglip",
): Promise<EncoderManifest["image"]> {
  const settings = shape.safeParse(await readJson(directory, name));
  if (!settings.success) throw unsupported(directory, "it says no size");
  const { data } = settings;
  const factor = data.rescale_factor ?? 1 / 255;
  if (data.do_rescale === false || Math.abs(factor - 1 / 255) > 1e-5) {
    throw unsupported(directory, "values are not brought to 0…1");
  }
  const usual = family === "clip" ? { mean: clipMean, std: clipStd } : { mean: half, std: half };
  const plain = data.do_normalize === false;
  const mean = plain ? ([0, 0, 0] as const) : (data.image_mean ?? usual.mean);
  const std = plain ? ([1, 1, 1] as const) : (data.image_std ?? usual.std);
  const resample = data.resample ?? (family === "clip" ? pillow.bicubic : pillow.bilinear);
  return {
    ...sizeRules(directory, data, family),
    interpolation: resample === pillow.bilinear ? "bilinear" : "bicubic",
    mean: [...mean],
    std: [...std],
  };
}

/** A height and a width squash; a shortest edge keeps the aspect and is followed by a crop of the centre. */
function sizeRules(directory: string, data: z.output<typeof shape>, family: "clip" | "siglip") {
  const { size, crop_size } = data;
  if (typeof size === "object" && "height" in size && !(data.do_center_crop && crop_size !== undefined)) {
    if (size.height !== size.width) throw unsupported(directory, "its input is no square");
    return { size: size.height, resize: "squash" } as const;
  }
  if (typeof size === "number" && family === "siglip") return { size, resize: "squash" } as const;
  const shortest = edgeOf(size);
  const crop = edgeOf(crop_size ?? size);
  if (shortest === undefined || crop === undefined || crop > shortest) {
    throw unsupported(directory, "its crop is not a square within the picture");
  }
  return { size: crop, resize: "crop", ...(shortest > crop ? { shortestSide: shortest } : {}) } as const;
}

function edgeOf(value: z.output<typeof side>): number | undefined {
  if (typeof value === "number") return value;
  if ("shortest_edge" in value) return value.shortest_edge;
  return value.height === value.width ? value.height : undefined;
}

function unsupported(directory: string, reason: string): Failure {
  return new Failure({
    code: "unsupported",
    message: `${directory}/${name} prepares pictures in a way that Sightline does not know: ${reason}.`,
    remedy: "Take a CLIP or SigLIP model of fixed size: sightline models list",
  });
}
