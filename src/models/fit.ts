import { aboutBytes, type CatalogueModel, type ModelVariant } from "./catalogue.ts";
import type { MachineMemory } from "./machine-memory.ts";

export interface Fit {
  readonly variant: ModelVariant;
  readonly needsBytes: number;
  /** `ram`: it runs on the processor, slowly. `none`: even the smallest is too large; `variant` is that one. */
  readonly runsIn: "gpu" | "ram" | "none";
}

/** The rest of the machine wants memory too. */
const shareOfGpu = 0.9;
const shareOfRam = 0.6;

/** Weights as they are on disk, and room to work in. */
export function neededBytes(model: CatalogueModel, variant: ModelVariant): number {
  return aboutBytes(variant) + model.workingBytes;
}

/**
 * The variant for a machine. On a GPU the largest that fits, except that a chat model stops at Q8_0: F16 is no better
 * to be noticed and half as fast. On the processor the smallest, as speed there goes with size.
 */
export function bestFit(model: CatalogueModel, { ramBytes, gpu, encodersUseGpu }: MachineMemory): Fit {
  const [smallest, ...larger] = model.variants as [ModelVariant, ...ModelVariant[]];
  const usual = [smallest, ...larger].filter(({ name }) => model.role !== "chat" || name !== "F16");
  const room = model.role === "chat" || encodersUseGpu ? (gpu?.bytes ?? 0) * shareOfGpu : 0;
  const onGpu = usual.findLast((variant) => neededBytes(model, variant) <= room);
  if (onGpu) return { variant: onGpu, needsBytes: neededBytes(model, onGpu), runsIn: "gpu" };
  const needsBytes = neededBytes(model, smallest);
  return { variant: smallest, needsBytes, runsIn: needsBytes <= ramBytes * shareOfRam ? "ram" : "none" };
}
