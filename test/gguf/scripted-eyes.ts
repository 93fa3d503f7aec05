import { type GgufTensor, writeGguf } from "./gguf-writer.ts";
import { colours } from "./script.ts";
import type { ScriptedShape } from "./scripted-weights.ts";
import { type VisionShape, visionMetadata, visionTensors } from "./tiny-qwen3vl.ts";

const shape: VisionShape = {
  layers: 1,
  width: 32,
  feedForward: 32,
  heads: 1,
  patch: 16,
  imageSide: 64,
  deepstack: [],
};

/**
 * Writes the vision part (mmproj) of a scripted model that `sees`: a real qwen3vl vision tower whose weights report
 * the dominant colour of each 32×32 cell of a picture, so that real pixels decide the words.
 */
export function writeScriptedEyes(path: string, model: ScriptedShape): void {
  const tensors = visionTensors(shape, model.width, (count) => new Float32Array(count));
  const area = shape.patch ** 2;
  // Dimension c of a patch is the mean of channel c; each of the two frames that a picture fills gives half.
  for (const name of ["v.patch_embd.weight", "v.patch_embd.weight.1"]) {
    const weights = valuesOf(tensors, name);
    for (let c = 0; c < 3; c++) weights.fill(0.5 / area, (c * 3 + c) * area, (c * 3 + c + 1) * area);
  }
  const contrast = valuesOf(tensors, "mm.0.weight");
  const report = valuesOf(tensors, "mm.2.weight");
  const joined = 4 * shape.width;
  for (const [c, colour] of colours.entries()) {
    for (let part = 0; part < 4; part++) {
      for (let k = 0; k < 3; k++) contrast[c * joined + part * shape.width + k] = k === c ? 1 : -0.5;
    }
    report[model.dimensionOf(`image:${colour}`) * joined + c] = 1;
  }
  writeGguf(path, visionMetadata(shape, model.width, "scripted-eyes"), tensors);
}

function valuesOf(tensors: readonly GgufTensor[], name: string): Float32Array {
  const data = tensors.find((tensor) => tensor.name === name)?.data;
  if (!(data instanceof Float32Array)) throw new Error(`No values for ${name}`);
  return data;
}
