import type { Config } from "./config.ts";
import type { Diagnosis } from "./diagnose.ts";
import { formatAbout, formatBytes } from "./messages/amounts.ts";
import { aboutBytes, type CatalogueModel, catalogue, recommendedChatModel } from "./models/catalogue.ts";
import { findInCatalogue } from "./models/choose.ts";
import { bestFit, type Fit } from "./models/fit.ts";
import { type InstalledModel, installedModels } from "./models/installed.ts";
import { type MachineMemory, machineMemory } from "./models/machine-memory.ts";

type Finding = Omit<Diagnosis, "part">;

/** Which models are on disk, whether they are whole, and what one command would bring. */
export async function diagnoseModels(config: Config, signal: AbortSignal): Promise<Finding> {
  const installed = await installedModels(config.models);
  const damaged = installed.find((model) => model.damaged.length > 0);
  if (damaged) return damagedModel(damaged);
  const says = installed.length > 0 ? installedText(installed) : "none installed";
  const idle = idleEncoder(installed, config);
  if (idle) return { state: "note", says: `${says}; ${idle} is not in use`, remedy: howToUse(idle) };
  if (installed.some(({ manifest }) => manifest.role === "chat")) return { state: "good", says };
  const model = findInCatalogue(recommendedChatModel);
  const fit = bestFit(model, await machineMemory(signal));
  return { state: "note", says: `${says}: ${config.models}`, remedy: whatToPull(model, fit) };
}

/** What this machine can run, in the precision that `models pull` would choose. */
export async function diagnoseFit(signal: AbortSignal): Promise<Finding> {
  const memory = await machineMemory(signal);
  const runs = catalogue
    .filter(({ unused }) => !unused)
    .map((model) => ({ model, fit: bestFit(model, memory) }));
  const named = (where: Fit["runsIn"]) =>
    runs
      .filter(({ fit }) => fit.runsIn === where)
      .map(({ model, fit }) => (where === "none" ? model.id : `${model.id} (${fit.variant.name})`));
  const parts = [
    ["on the GPU", named("gpu")],
    ["on the processor", named("ram")],
    ["too large", named("none")],
  ] as const;
  const said = parts
    .filter(([, models]) => models.length > 0)
    .map(([where, models]) => `${where}: ${models.join(", ")}`);
  return { state: "good", says: `${memoryText(memory)} → ${said.join("; ")}` };
}

function memoryText({ ramBytes, gpu }: MachineMemory): string {
  return `${formatBytes(ramBytes)}, ${gpu ? `${gpu.name} with ${formatBytes(gpu.bytes)}` : "no GPU found"}`;
}

function installedText(installed: readonly InstalledModel[]): string {
  return installed
    .map(({ manifest, bytes }) => `${manifest.id} ${manifest.variant} (${formatBytes(bytes)})`)
    .join(", ");
}

function damagedModel({ manifest, damaged, folder }: InstalledModel): Finding {
  return {
    state: "bad",
    says: `${manifest.id} is damaged: ${damaged.join(", ")} in ${folder}`,
    remedy: `sightline models pull ${manifest.id} --quant ${manifest.variant}`,
  };
}

/** An installed encoder, where the built-in one searches. */
function idleEncoder(installed: readonly InstalledModel[], { encoder }: Config): string | undefined {
  if (encoder !== undefined) return undefined;
  return installed.find(({ manifest }) => manifest.role === "encoder")?.manifest.id;
}

function howToUse(id: string): string {
  return `sightline --encoder ${id} index; then SIGHTLINE_ENCODER=${id}, or "encoder": "${id}" in the settings`;
}

function whatToPull(model: CatalogueModel, { variant, runsIn }: Fit): string {
  const size = formatAbout(aboutBytes(variant));
  const where = {
    gpu: "it fits the GPU",
    ram: "it runs on the processor, slowly",
    none: "too large for this machine",
  };
  return `sightline models pull ${model.id} brings a language model that sees (${variant.name}, about ${size}; ${where[runsIn]})`;
}
