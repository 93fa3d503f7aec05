import { openHub } from "../models/hub.ts";
import { type InstalledModel, installedModels } from "../models/installed.ts";
import { usualPatience } from "../models/request.ts";
import { findUpdate, notInstalled, removeModel, verifyModel } from "../models/upkeep.ts";
import type { CommandContext } from "./command-context.ts";
import { exitStatus } from "./exit.ts";
import { fileNames, sayModels, shortRevision } from "./models-words.ts";
import { printJson, printLine } from "./output.ts";
import { showStatus } from "./status-line.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** Those asked for, or all. Throws `Failure` for one that is not installed. */
async function chosen(ids: readonly string[], folder: string): Promise<readonly InstalledModel[]> {
  const installed = await installedModels(folder);
  if (ids.length === 0) return installed;
  return ids.map((id) => {
    const found = installed.find(({ manifest }) => manifest.id === id);
    if (!found) throw notInstalled(id, installed);
    return found;
  });
}

/** Fails when a file is not what it was. */
export async function runModelsVerify(
  ids: readonly string[],
  { json = false }: JsonOption,
  { config, signal }: CommandContext,
): Promise<number> {
  const say = sayModels();
  let status: number = exitStatus.done;
  const models = await chosen(ids, config.models);
  if (models.length === 0 && !json) printLine(say.noneInstalled);
  for (const model of models) {
    showStatus(`${model.manifest.id} …`);
    const { id, wrong } = await verifyModel(model, signal);
    showStatus("");
    if (json) printJson({ type: "verified", id, wrong });
    else printLine(wrong.length === 0 ? say.good(id) : say.wrong(id, fileNames(wrong)));
    if (wrong.length === 0) continue;
    status = exitStatus.failed;
    if (!json) printLine(say.mend(id));
  }
  return status;
}

export async function runModelsUpdate(
  ids: readonly string[],
  { json = false }: JsonOption,
  { config, signal }: CommandContext,
): Promise<number> {
  const say = sayModels();
  const hub = openHub(config.hub, usualPatience);
  const models = await chosen(ids, config.models);
  if (models.length === 0 && !json) printLine(say.noneInstalled);
  for (const model of models) {
    const update = await findUpdate(model, hub, signal);
    const { id, changed } = update;
    const [from, to] = [shortRevision(update.installed), shortRevision(update.newest)];
    if (json) printJson({ type: "update", ...update });
    else if (changed.length > 0) printLine(say.newer(id, from, to, fileNames(changed)));
    else printLine(from === to ? say.current(id, from) : say.otherFiles(id, from, to));
  }
  return exitStatus.done;
}

export async function runModelsRemove(
  ids: readonly string[],
  { json = false }: JsonOption,
  { config }: CommandContext,
): Promise<number> {
  for (const model of await chosen(ids, config.models)) {
    const bytes = await removeModel(model);
    if (json) printJson({ type: "removed", id: model.manifest.id, bytes });
    else printLine(sayModels().removed(model.manifest.id, bytes));
  }
  return exitStatus.done;
}
