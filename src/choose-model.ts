import type { Config } from "./config.ts";
import type { InstalledModel } from "./models/installed.ts";

/** Files of one chat model on this machine. */
export interface ModelFiles {
  /** Absolute. */
  readonly modelFile: string;
  /** Its eyes, where they are there. */
  readonly mmproj?: string;
}

/** What answers, and why: the why is a clause for people. */
export type ModelChoice =
  | { readonly kind: "builtin"; readonly why: string }
  | { readonly kind: "server"; readonly why: string }
  | {
      readonly kind: "local";
      readonly files: ModelFiles;
      readonly thinking?: ModelFiles;
      readonly why: string;
    }
  | { readonly kind: "missing"; readonly why: string };

/** The ids of installed chat models, the best first; others come after them by name. */
const preferred = ["qwen3-vl-8b", "qwen3-vl-4b", "qwen3-vl-2b"];

/**
 * What `--model` means on this machine. `auto` takes the best that is there: a file that was named, then a server that was
 * named, then an installed model, then the built-in responder.
 */
export function chooseModel(
  config: Pick<Config, "model" | "modelFile" | "mmproj" | "serverUrl">,
  installed: readonly InstalledModel[],
): ModelChoice {
  const { model, modelFile, mmproj, serverUrl } = config;
  if (model === "builtin") return { kind: "builtin", why: "as configured" };
  if (model === "server") return { kind: "server", why: "as configured" };
  if (modelFile !== undefined) {
    return {
      kind: "local",
      files: { modelFile, ...(mmproj ? { mmproj } : {}) },
      why: "the file that was named",
    };
  }
  if (model === "auto" && serverUrl !== undefined)
    return { kind: "server", why: "the server that was named" };
  const local = installedChoice(installed);
  if (local) return local;
  if (model === "local") return { kind: "missing", why: "no chat model is installed" };
  return { kind: "builtin", why: "no chat model is installed" };
}

function installedChoice(installed: readonly InstalledModel[]): ModelChoice | undefined {
  const usable = installed.filter(
    ({ manifest, damaged, files }) =>
      manifest.role === "chat" && damaged.length === 0 && files.model !== undefined,
  );
  const thinks = ({ manifest }: InstalledModel) => manifest.id.endsWith("-thinking");
  const plain = usable.filter((model) => !thinks(model)).toSorted((a, b) => rank(a) - rank(b))[0];
  const thinking = usable.find(thinks);
  const first = plain ?? thinking;
  if (!first) return undefined;
  return {
    kind: "local",
    files: filesOf(first),
    ...(plain && thinking ? { thinking: filesOf(thinking) } : {}),
    why: `${first.manifest.id} is installed`,
  };
}

function rank({ manifest }: InstalledModel): number {
  const place = preferred.indexOf(manifest.id);
  return place < 0 ? preferred.length : place;
}

function filesOf({ files }: InstalledModel): ModelFiles {
  const { model = "", mmproj } = files;
  return { modelFile: model, ...(mmproj === undefined ? {} : { mmproj }) };
}
