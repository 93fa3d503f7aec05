import { plainText } from "../media/plain-text.ts";
import type { CatalogueModel } from "../models/catalogue.ts";
import { chooseVariant, findInCatalogue } from "../models/choose.ts";
import { bestFit } from "../models/fit.ts";
import { openHub } from "../models/hub.ts";
import { type MachineMemory, machineMemory } from "../models/machine-memory.ts";
import { type PullProgress, pullModel } from "../models/pull.ts";
import { usualPatience } from "../models/request.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { type SayModels, sayModels } from "./models-words.ts";
import { printJson, printLine } from "./output.ts";
import { showStatus } from "./status-line.ts";

interface PullCommandOptions {
  readonly json?: boolean;
  readonly quant?: string;
}

export async function runModelsPull(
  ids: readonly string[],
  { quant, json = false }: PullCommandOptions,
  context: CommandContext,
): Promise<number> {
  const models = ids.map(findInCatalogue);
  const memory = await machineMemory(context.signal);
  const say = sayModels();
  try {
    for (const model of models) await pullOne(model, { quant, json, memory, say }, context);
  } catch (error) {
    showStatus("");
    if (context.signal.aborted) process.stderr.write(`${say.stopped}\n`);
    throw error;
  }
  return exitStatus.done;
}

interface PullRequest {
  readonly quant: string | undefined;
  readonly json: boolean;
  readonly memory: MachineMemory;
  readonly say: SayModels;
}

async function pullOne(
  model: CatalogueModel,
  { quant, json, memory, say }: PullRequest,
  { config, signal }: CommandContext,
): Promise<void> {
  const fit = bestFit(model, memory);
  const variant = chooseVariant(model, quant, fit);
  const why =
    quant === undefined ? say.fits[fit.runsIn](variant.name, fit.needsBytes) : say.asked(variant.name);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  tell(say.choice(model.title, why));
  if (model.restricted) tell(`${say.research}: ${model.licence}`);
  if (model.unused) tell(say.unused);
  const installed = await pullModel(
    model,
    variant,
    {
      hub: openHub(config.hub, usualPatience),
      modelsFolder: config.models,
      patience: usualPatience,
      report: reports(model.id, json, say),
      onPlan: (plan) => {
        if (json) printJson({ type: "pull-plan", id: model.id, variant: variant.name, ...plan });
        else tell(say.plan(plan.totalBytes, plan.missingBytes, config.hub.url));
      },
    },
    signal,
  );
  showStatus("");
  if (json) printJson({ type: "pull-end", folder: installed.folder, ...installed.manifest });
  else printLine(say.pulled(model.title, variant.name, plainText(installed.folder, 500)));
  if (model.role === "encoder" && !json) tell(say.encoderHint(model.id));
}

/** On a terminal a line that changes, in JSON one a time: every chunk would be thousands a second. */
function reports(id: string, json: boolean, say: SayModels): (progress: PullProgress) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    const due = now - last >= (json ? jsonEveryMs : statusEveryMs);
    if (!(due || progress.checking || progress.doneBytes === progress.totalBytes)) return;
    last = now;
    if (json) printJson({ type: "pull-progress", id, ...progress });
    else showStatus(progressLine(progress, say));
  };
}

const jsonEveryMs = 500;
const statusEveryMs = 100;

function progressLine(progress: PullProgress, say: SayModels): string {
  const { doneBytes, totalBytes, bytesPerSecond, msLeft, checking } = progress;
  const file = plainText(progress.file, 60);
  return checking ? say.checking(file) : say.progress(doneBytes, totalBytes, bytesPerSecond, msLeft, file);
}
