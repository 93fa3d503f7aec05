import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { FilePart, ModelRole } from "./catalogue.ts";

const relativePath = z
  .string()
  .refine((file) => !path.isAbsolute(file) && !file.split(/[\\/]/).includes(".."), "a path below the folder");

const manifestShape = z.object({
  format: z.literal(1),
  id: z.string(),
  title: z.string(),
  role: z.custom<ModelRole>((value) => ["chat", "encoder", "reranker", "speech"].includes(String(value))),
  variant: z.string(),
  hub: z.string(),
  repository: z.string(),
  revision: z.string(),
  pulledAt: z.string(),
  files: z.array(
    z.object({
      part: z.custom<FilePart>((value) => typeof value === "string"),
      /** Below the model's folder. */
      name: relativePath,
      /** In the repository. */
      path: z.string(),
      bytes: z.number(),
      hash: z.object({ kind: z.enum(["sha256", "git-sha1"]), hex: z.string() }),
    }),
  ),
});

/** `manifest.json` of an installed model: written last, so a folder with one is whole. */
export type ModelManifest = z.output<typeof manifestShape>;

export interface InstalledModel {
  readonly manifest: ModelManifest;
  /** Absolute. */
  readonly folder: string;
  readonly bytes: number;
  /** Absolute, of files that are there with the right length. */
  readonly files: Readonly<Partial<Record<FilePart, string>>>;
  /** Names of files that are gone or have another length: `sightline models pull` brings them back. */
  readonly damaged: readonly string[];
}

export const modelManifestName = "manifest.json";

/** Every model in a models folder, by id. A folder without a readable manifest is none. */
export async function installedModels(folder: string): Promise<readonly InstalledModel[]> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const models: InstalledModel[] = [];
  for (const entry of names
    .filter((one) => one.isDirectory())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const found = await installedModel(path.join(folder, entry.name));
    if (found) models.push(found);
  }
  return models;
}

/** One model's folder; undefined where it holds none. Lengths are looked at, hashes are not. */
export async function installedModel(folder: string): Promise<InstalledModel | undefined> {
  const text = await readFile(path.join(folder, modelManifestName), "utf8").catch(() => undefined);
  const manifest = text === undefined ? undefined : parse(text);
  if (!manifest) return undefined;
  const files: Partial<Record<FilePart, string>> = {};
  const damaged: string[] = [];
  for (const { part, name, bytes } of manifest.files) {
    const file = path.join(folder, name);
    const size = (await stat(file).catch(() => undefined))?.size;
    if (size === bytes) files[part] ??= file;
    else damaged.push(name);
  }
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  return { manifest, folder, bytes, files, damaged };
}

function parse(text: string): ModelManifest | undefined {
  try {
    return manifestShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeManifest(folder: string, manifest: ModelManifest): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, modelManifestName);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(temporary, file);
}
