import { plainText } from "../media/plain-text.ts";
import { aboutBytes, type CatalogueModel, catalogue, recommendedChatModel } from "../models/catalogue.ts";
import { bestFit, type Fit } from "../models/fit.ts";
import { type InstalledModel, installedModels } from "../models/installed.ts";
import { type MachineMemory, machineMemory } from "../models/machine-memory.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { fileNames, type SayModels, sayModels, shortRevision } from "./models-words.ts";
import { printJson, printLine } from "./output.ts";

/** What there is, what is installed, and what fits this machine. */
export async function runModelsList(
  _positional: readonly string[],
  { json = false }: { readonly json?: boolean },
  { config, signal }: CommandContext,
): Promise<number> {
  const memory = await machineMemory(signal);
  const installed = await installedModels(config.models);
  const rows = catalogue.map((model) => ({
    model,
    fit: bestFit(model, memory),
    installed: installed.find(({ manifest }) => manifest.id === model.id),
  }));
  if (json) printJson({ folder: config.models, hub: config.hub, memory, models: rows.map(rowJson) });
  else printTable(rows, memory, config);
  return exitStatus.done;
}

interface Row {
  readonly model: CatalogueModel;
  readonly fit: Fit;
  readonly installed: InstalledModel | undefined;
}

function rowJson({ model, fit, installed }: Row) {
  const { id, title, role, licence, restricted, unused, repository, variants } = model;
  return {
    id,
    title,
    role,
    licence,
    ...(restricted ? { restricted } : {}),
    ...(unused ? { unused } : {}),
    repository,
    variants: variants.map((variant) => ({ name: variant.name, aboutBytes: aboutBytes(variant) })),
    fit: { variant: fit.variant.name, needsBytes: fit.needsBytes, runsIn: fit.runsIn },
    ...(installed
      ? { installed: { ...installed.manifest, folder: installed.folder, damaged: installed.damaged } }
      : {}),
  };
}

function printTable(rows: readonly Row[], memory: MachineMemory, config: CommandContext["config"]): void {
  const say = sayModels();
  printLine(say.machine(memory.ramBytes, memory.gpu));
  for (const [role, title] of Object.entries(say.roles)) {
    printLine("");
    printLine(title);
    for (const row of rows.filter(({ model }) => model.role === role)) printRow(row, say);
  }
  printLine("");
  printLine(say.folder(plainText(config.models, 300)));
  printLine(say.hub(config.hub.url));
  if (!rows.some(({ installed }) => installed)) printLine(say.howToPull(recommendedChatModel));
}

function printRow({ model, fit, installed }: Row, say: SayModels): void {
  const mark = installed ? (installed.damaged.length > 0 ? "✗" : "✓") : "·";
  const limits = [model.restricted ? say.research : model.licence, ...(model.unused ? [say.unused] : [])];
  printLine(`${mark} ${model.id.padEnd(21)}${model.title}  (${limits.join("; ")})`);
  const variants = model.variants.map((variant) => say.variant(variant.name, aboutBytes(variant))).join(", ");
  printLine(`${" ".repeat(23)}${variants}`);
  if (!installed) {
    printLine(`${" ".repeat(23)}${say.fits[fit.runsIn](fit.variant.name, fit.needsBytes)}`);
    return;
  }
  const { manifest, bytes, damaged } = installed;
  printLine(
    `${" ".repeat(23)}${say.installed(plainText(manifest.variant, 40), bytes, shortRevision(manifest.revision))}`,
  );
  if (damaged.length > 0)
    printLine(`${" ".repeat(23)}${say.damaged(fileNames(damaged))}. ${say.mend(model.id)}`);
}
