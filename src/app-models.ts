import { openBuiltinResponder } from "./chat/builtin/responder.ts";
import type { ChatModel } from "./chat/chat-model.ts";
import { openLlamaCpp } from "./chat/llama-cpp.ts";
import { openInstalledLlamaServer } from "./chat/llama-server.ts";
import { serverSettings } from "./chat/openai-server/settings.ts";
import { openServerModel } from "./chat/openai-server.ts";
import { pairForThinking } from "./chat/thinking-pair.ts";
import { chooseModel, type ModelFiles } from "./choose-model.ts";
import { type Config, engineFolder } from "./config.ts";
import { Failure } from "./media/failure.ts";
import { installedModels } from "./models/installed.ts";

/** The model that the settings and the machine call for. Under `auto` one that does not run gives way, and it is said why. */
export async function openChatModel(config: Config): Promise<ChatModel> {
  const choice = chooseModel(config, await installedModels(config.models));
  if (choice.kind === "builtin") return openBuiltinResponder();
  if (choice.kind === "missing") throw nothingToRun(config);
  const open = () =>
    choice.kind === "server" ? openServerModel(serverSettings(config)) : openLocal(config, choice);
  if (config.model !== "auto" || config.modelFile !== undefined) return open();
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      ...openBuiltinResponder(),
      missing: [`the language model (${choice.why}) does not run: ${error.message}`],
    };
  }
}

async function openLocal(
  config: Config,
  { files, thinking }: { readonly files: ModelFiles; readonly thinking?: ModelFiles },
): Promise<ChatModel> {
  const plain = await openFiles(config, files);
  return thinking ? pairForThinking(plain, () => openFiles(config, thinking)) : plain;
}

/** Through llama-server where it is installed and the model has eyes: one copy of the weights thinks and sees. */
async function openFiles(config: Config, { modelFile, mmproj }: ModelFiles): Promise<ChatModel> {
  const { llamaServer, threads } = config;
  const served =
    mmproj === undefined
      ? undefined
      : await openInstalledLlamaServer({
          engineFolder: engineFolder(),
          modelFile,
          mmproj,
          ...(llamaServer ? { llamaServer } : {}),
        });
  return served ?? openLlamaCpp({ modelFile, ...(threads ? { threads } : {}) });
}

export interface OpenedEyes extends AsyncDisposable {
  readonly eyes?: ChatModel;
}

/** Brain and eyes are one where the brain sees; else a server that was named looks for it, and else there are none. */
export async function openEyes(config: Config, brain: ChatModel): Promise<OpenedEyes> {
  const nothing = async () => {};
  if (brain.accepts.has("image")) return { eyes: brain, [Symbol.asyncDispose]: nothing };
  if (config.serverUrl === undefined || config.model === "server" || config.model === "builtin")
    return { [Symbol.asyncDispose]: nothing };
  const eyes = await openServerModel({ ...serverSettings(config), asEyes: true });
  const dispose = () => eyes[Symbol.asyncDispose]();
  return { ...(eyes.accepts.has("image") ? { eyes } : {}), [Symbol.asyncDispose]: dispose };
}

function nothingToRun({ models }: Config): Failure {
  return new Failure({
    code: "unavailable",
    message: `--model local needs a language model, and there is none in ${models}.`,
    remedy:
      "Bring one: sightline models pull qwen3-vl-4b, name a file with --model-file, or use --model builtin.",
  });
}
