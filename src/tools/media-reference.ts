import { basename, extname, sep } from "node:path";
import { z } from "zod";
import { Failure } from "../media/failure.ts";
import type { MediaId, MediaItem, MediaKind } from "../media/media-item.ts";
import { plainText } from "../media/plain-text.ts";
import { everything } from "../retrieval/coverage.ts";
import type { MediaStore } from "../store/media-store.ts";

/** How a model names a file. */
export const mediaReference = z
  .string()
  .min(1)
  .max(1000)
  .describe("A file of the library: its name (`party.mp4`), part of its path, or its id.");

const mostCandidates = 5;

/**
 * The one item that a reference names: by id, path, file name, name without ending, or part of the path, in this
 * order. Throws `Failure` when none or several fit, listing candidates.
 *
 * @param kinds only items of these kinds are meant
 */
export async function resolveMedia(
  store: MediaStore,
  reference: string,
  signal: AbortSignal,
  kinds?: readonly MediaKind[],
): Promise<MediaItem> {
  signal.throwIfAborted();
  const byId = await store.get(reference as MediaId);
  const items = byId ? [byId] : fitting(await store.list({ limit: everything }), reference, kinds);
  signal.throwIfAborted();
  const [first, second] = items;
  if (first === undefined) throw await unknownMedia(store, reference);
  if (second !== undefined) throw ambiguousMedia(items, reference);
  if (kinds && !kinds.includes(first.kind)) throw wrongKind(first, kinds);
  return first;
}

function fitting(
  items: readonly MediaItem[],
  reference: string,
  kinds: readonly MediaKind[] | undefined,
): readonly MediaItem[] {
  const wanted = fold(reference).replace(/^\.\//, "");
  const tests: readonly ((path: string) => boolean)[] = [
    (path) => path === wanted,
    (path) => basename(path) === wanted,
    (path) => basename(path, extname(path)) === wanted,
    (path) => path.endsWith(sep + wanted),
    (path) => basename(path).includes(wanted),
    (path) => path.includes(wanted),
  ];
  for (const test of tests) {
    const found = items.filter((item) => pathsOf(item).some((path) => test(fold(path))));
    const ofKind = kinds === undefined ? found : found.filter((item) => kinds.includes(item.kind));
    if (ofKind.length > 0) return ofKind;
    if (found.length > 0) return found;
  }
  return [];
}

function pathsOf({ path, copies = [] }: MediaItem): readonly string[] {
  return [path, ...copies.map((copy) => copy.path)];
}

const fold = (text: string) => text.normalize("NFC").toLowerCase();

/** A file's name for people and models: names are data, too. */
export function nameOf(item: Pick<MediaItem, "path">): string {
  return plainText(basename(item.path), 80);
}

export function countKinds(items: readonly MediaItem[]): string {
  const order: readonly (readonly [MediaKind, string])[] = [
    ["video", "videos"],
    ["image", "images"],
    ["document", "documents"],
    ["audio", "audio files"],
  ];
  const parts = order.flatMap(([kind, plural]) => {
    const count = items.filter((item) => item.kind === kind).length;
    if (count === 0) return [];
    return [`${count} ${count === 1 ? plural.replace(/s$/, "") : plural}`];
  });
  return parts.length === 0 ? "no files" : parts.join(", ");
}

function listNames(items: readonly MediaItem[]): string {
  const names = items.slice(0, mostCandidates).map(nameOf).join(", ");
  return items.length > mostCandidates ? `${names}, …` : names;
}

async function unknownMedia(store: MediaStore, reference: string): Promise<Failure> {
  const items = await store.list({ limit: everything });
  const names = items.length === 0 ? "" : `: ${listNames(items)}`;
  return new Failure({
    code: "not-found",
    message: `No media matches \`${plainText(reference, 80)}\`; the library has ${countKinds(items)}${names}`,
    remedy:
      items.length === 0
        ? "Index a folder first: `sightline index PATH`."
        : "Call list_media to see all names and ids.",
  });
}

function ambiguousMedia(items: readonly MediaItem[], reference: string): Failure {
  const shown = items
    .slice(0, mostCandidates)
    .map((item) => `${plainText(item.path, 120)} (id ${item.id.slice(0, 12)}…)`);
  return new Failure({
    code: "invalid-input",
    message: `${items.length} files match \`${plainText(reference, 80)}\`: ${shown.join("; ")}`,
    remedy: "Name one of them by its whole path, or call list_media for the ids.",
  });
}

function wrongKind(item: MediaItem, kinds: readonly MediaKind[]): Failure {
  const article = /^[aeiou]/.test(item.kind) ? "an" : "a";
  return new Failure({
    code: "unsupported",
    message: `${nameOf(item)} is ${article} ${item.kind}; this works on ${kinds.join(" or ")} files`,
    remedy: `Call list_media with kind "${kinds[0]}" to see what fits.`,
  });
}
