import { readFileSync } from "node:fs";
import path from "node:path";
import envPaths from "env-paths";
import { z } from "zod";
import { Failure } from "./media/failure.ts";
import { type HubSettings, hubSettings, isHub } from "./models/hub-settings.ts";
import { isObjectStorePlace } from "./store/object-store.ts";

const modelChoice = z.enum(["auto", "builtin", "local", "server"]);

const deviceChoice = z.enum(["auto", "cpu", "cuda", "webgpu"]);

/** What `config.json` may hold; every key also exists as a flag and as `SIGHTLINE_…`. */
const configFile = z.strictObject({
  library: z.string().optional(),
  index: z
    .string()
    .refine(isObjectStorePlace, "s3://bucket/prefix, without keys; for an index in a folder, set library")
    .optional(),
  model: modelChoice.optional(),
  modelFile: z.string().optional(),
  mmproj: z.string().optional(),
  serverUrl: z.url().optional(),
  serverKey: z.string().optional(),
  serverModel: z.string().optional(),
  llamaServer: z.string().optional(),
  ffmpeg: z.string().optional(),
  ffprobe: z.string().optional(),
  threads: z.coerce.number().int().min(1).max(512).optional(),
  encoder: z.string().optional(),
  encoderDevice: deviceChoice.optional(),
  models: z.string().optional(),
  hub: z.string().refine(isHub, "huggingface, modelscope, or the web address of a mirror").optional(),
  hubUrl: z.url({ protocol: /^https?$/ }).optional(),
});

export type ModelChoice = z.infer<typeof modelChoice>;
export type ConfigOverrides = z.input<typeof configFile>;

export interface Config {
  /** Absolute folder of all that a library keeps on this machine: of the index too, unless that lies elsewhere. */
  readonly library: string;
  /** `s3://bucket/prefix`, where the index is shared by several machines. */
  readonly index?: string;
  readonly model: ModelChoice;
  readonly modelFile?: string;
  readonly mmproj?: string;
  readonly serverUrl?: string;
  /** Sent to `serverUrl`, shown nowhere. */
  readonly serverKey?: string;
  /** Which of the server's models; the first when left out. */
  readonly serverModel?: string;
  /** The llama-server to run, where neither the installed one nor the one on PATH is meant. */
  readonly llamaServer?: string;
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
  /** Of the processor, for a chat model of its own; by default as many as it has real cores. */
  readonly threads?: number;
  /** A folder as model hubs publish them, or the id of an installed model; absent: the built-in encoder. */
  readonly encoder?: string;
  /** Where an encoder of one's own computes; `auto` by default. */
  readonly encoderDevice?: z.output<typeof deviceChoice>;
  /** Absolute folder of the models on disk. */
  readonly models: string;
  readonly hub: HubSettings;
  /** Where the settings file is looked for. */
  readonly configPath: string;
}

const environmentNames: Readonly<Record<keyof ConfigOverrides, string>> = {
  library: "SIGHTLINE_LIBRARY",
  index: "SIGHTLINE_INDEX",
  model: "SIGHTLINE_MODEL",
  modelFile: "SIGHTLINE_MODEL_FILE",
  mmproj: "SIGHTLINE_MMPROJ",
  serverUrl: "SIGHTLINE_SERVER_URL",
  serverKey: "SIGHTLINE_SERVER_KEY",
  serverModel: "SIGHTLINE_SERVER_MODEL",
  llamaServer: "SIGHTLINE_LLAMA_SERVER",
  ffmpeg: "SIGHTLINE_FFMPEG",
  ffprobe: "SIGHTLINE_FFPROBE",
  threads: "SIGHTLINE_THREADS",
  encoder: "SIGHTLINE_ENCODER",
  encoderDevice: "SIGHTLINE_ENCODER_DEVICE",
  models: "SIGHTLINE_MODELS",
  hub: "SIGHTLINE_HUB",
  hubUrl: "SIGHTLINE_HUB_URL",
};

/** Where the index of a library lies: a folder, or a place on an object store. */
export function indexPlace({ library, index }: Pick<Config, "library" | "index">): string {
  return index ?? path.join(library, "index");
}

/** Where `sightline models engine` puts llama-server. */
export function engineFolder(): string {
  return path.join(envPaths("sightline", { suffix: "" }).data, "engine");
}

/** Where it is built meanwhile. */
export function engineBuildFolder(): string {
  return path.join(envPaths("sightline", { suffix: "" }).cache, "llama.cpp");
}

/** Flags come first, then the environment, then the settings file, then the defaults. */
export function loadConfig(flags: ConfigOverrides, environment: NodeJS.ProcessEnv): Config {
  const places = envPaths("sightline", { suffix: "" });
  const configPath = environment.SIGHTLINE_CONFIG ?? path.join(places.config, "config.json");
  const merged = parseSettings(
    { ...readConfigFile(configPath), ...fromEnvironment(environment), ...withoutUndefined(flags) },
    "the flags and SIGHTLINE_… variables",
  );
  const { library, model = "auto", models, hub, hubUrl, ...rest } = merged;
  return {
    ...withoutUndefined(rest),
    library: path.resolve(library ?? path.join(places.data, "library")),
    model,
    models: path.resolve(models ?? path.join(places.data, "models")),
    hub: hubSettings({ hub, hubUrl }, environment.HF_ENDPOINT),
    configPath,
  };
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const found = Object.entries(environmentNames).flatMap(([key, name]) => {
    const value = environment[name];
    return value ? [[key, value] as const] : [];
  });
  return Object.fromEntries(found);
}

function readConfigFile(configPath: string): ConfigOverrides {
  let text: string;
  try {
    text = readFileSync(configPath, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Failure(
      {
        code: "unreadable",
        message: `The settings file ${configPath} cannot be read.`,
        remedy: `Check its permissions: ls -l "${configPath}"`,
      },
      { cause: error },
    );
  }
  try {
    return parseSettings(JSON.parse(text), configPath);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      {
        code: "invalid-input",
        message: `The settings file ${configPath} is not valid JSON.`,
        remedy: "Mend the file, or delete it to go back to the defaults.",
      },
      { cause: error },
    );
  }
}

function parseSettings(settings: unknown, where: string): z.output<typeof configFile> {
  const parsed = configFile.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`,
  );
  throw new Failure({
    code: "invalid-input",
    message: `Settings from ${where} are not valid: ${problems.join("; ")}.`,
    remedy: `Known settings: ${Object.keys(configFile.shape).join(", ")}. model is auto, builtin, local or server.`,
  });
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
