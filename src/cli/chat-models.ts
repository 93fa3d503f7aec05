import { existsSync } from "node:fs";
import path from "node:path";
import type { Config } from "../config.ts";
import type { TuiMessages } from "../messages/tui.ts";
import type { ModelChoices } from "../tui/model-command.ts";

/** The models that the settings and the models folder allow the chat to be switched to. */
export function chatModels(config: Config, say: TuiMessages): ModelChoices {
  const { modelFile: _, mmproj: __, ...base } = config;
  const installed = async () => {
    const { installedModels } = await import("../models/installed.ts");
    const all = await installedModels(config.models);
    return all.filter(
      ({ manifest, damaged, files }) =>
        manifest.role === "chat" && damaged.length === 0 && files.model !== undefined,
    );
  };
  const opener = (changed: Config) => async () => (await import("../app.ts")).openApp(changed);
  const ofFile = (modelFile: string, mmproj?: string) =>
    opener({ ...base, model: "local", modelFile, ...(mmproj ? { mmproj } : {}) });
  return {
    list: async () => [
      { name: "builtin", detail: say.builtinModel },
      ...(config.modelFile ? [{ name: config.modelFile, detail: say.namedFile }] : []),
      ...(config.serverUrl ? [{ name: "server", detail: new URL(config.serverUrl).host }] : []),
      ...(await installed()).map(({ manifest }) => ({
        name: manifest.id,
        detail: `${manifest.title}, ${manifest.variant}`,
      })),
    ],
    openerFor: async (name) => {
      if (name === "builtin") return opener({ ...base, model: "builtin" });
      if (name === "server") return config.serverUrl ? opener({ ...base, model: "server" }) : undefined;
      const model = (await installed()).find(({ manifest }) => manifest.id === name);
      if (model?.files.model) return ofFile(model.files.model, model.files.mmproj);
      const file = path.resolve(name.replace(/^~(?=\/)/, process.env.HOME ?? "~"));
      if (!file.endsWith(".gguf") || !existsSync(file)) return undefined;
      return ofFile(file, file === config.modelFile ? config.mmproj : undefined);
    },
  };
}
