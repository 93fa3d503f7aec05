import type { FileCopy, MediaId, MediaItem } from "../media/media-item.ts";
import type { FileOnDisk } from "./walk.ts";

export interface PlanInput {
  readonly files: readonly FileOnDisk[];
  /** Everything in the store, wherever it lies. */
  readonly known: readonly MediaItem[];
  /** Whether this run looked at a place and may conclude from a file's absence. */
  readonly inScope: (path: string) => boolean;
  /** Content ids of the files that `filesToHash` named. */
  readonly ids: ReadonlyMap<string, MediaId>;
}

/** One file whose content has to be taken apart and encoded. */
export interface EncodeStep {
  readonly file: FileOnDisk;
  readonly status: "added" | "updated";
  /** Known already where another file had the same size. */
  readonly id?: MediaId;
  /** Items that leave with the same commit: what the file held before. */
  readonly replaces: readonly MediaId[];
  readonly copies: readonly FileCopy[];
}

export interface IndexPlan {
  readonly encode: readonly EncodeStep[];
  readonly moved: readonly { readonly item: MediaItem; readonly from: string }[];
  /** Items that only have another date or other copies. */
  readonly refreshed: readonly MediaItem[];
  readonly gone: readonly MediaItem[];
  /** Files with known content, copies among them. */
  readonly unchanged: number;
}

/** A file as the store knows it. */
interface Location {
  readonly item: MediaItem;
  readonly modifiedAt: number;
}

function locationsOf(known: readonly MediaItem[]): Map<string, Location> {
  return new Map(
    known.flatMap((item) =>
      [...(item.copies ?? []), item].map(({ path, modifiedAt }) => [path, { item, modifiedAt }] as const),
    ),
  );
}

function isAsKnown(file: FileOnDisk, location: Location | undefined): location is Location {
  return location?.item.bytes === file.bytes && location.modifiedAt === file.modifiedAt;
}

/** The files that might hold content we have or see twice: others of their size exist. The rest is surely new. */
export function filesToHash(files: readonly FileOnDisk[], known: readonly MediaItem[]): FileOnDisk[] {
  const locations = locationsOf(known);
  const open = files.filter((file) => file.bytes > 0 && !isAsKnown(file, locations.get(file.path)));
  const counts = new Map<number, number>();
  for (const { bytes } of [...open, ...known]) counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  return open.filter((file) => (counts.get(file.bytes) ?? 0) > 1);
}

/** Compares disk and store. Pure: the same input gives the same plan, and a plan carried out leaves nothing to do. */
export function planIndex(input: PlanInput): IndexPlan {
  const locations = locationsOf(input.known);
  const items = new Map(input.known.map((item) => [item.id, item]));
  const byId = new Map<MediaId, FileOnDisk[]>();
  const fresh: EncodeGroup[] = [];
  for (const file of input.files) {
    const location = locations.get(file.path);
    const id = isAsKnown(file, location) ? location.item.id : input.ids.get(file.path);
    if (id === undefined) fresh.push({ files: [file] });
    else byId.set(id, [...(byId.get(id) ?? []), file]);
  }
  for (const [id, files] of byId) if (!items.has(id)) fresh.push({ id, files });

  const fates = input.known.map((item) => fateOf(item, byId.get(item.id) ?? [], input.inScope));
  const lost = new Set(fates.filter((fate) => fate.kind === "gone").map((fate) => fate.item.id));
  const groups = fresh.map((group) => toStep(group, locations, lost));
  const resubtitled = fates.flatMap((fate) => (fate.kind === "stale" ? [fate.step] : []));
  const encode = [...groups, ...resubtitled];
  const replaced = new Set(encode.flatMap((step) => step.replaces));
  const knownFiles = [...byId].filter(([id]) => items.has(id)).flatMap(([, files]) => files).length;
  const moved = fates.flatMap((fate) =>
    fate.kind === "moved" ? [{ item: fate.item, from: fate.from }] : [],
  );
  return {
    encode,
    moved,
    refreshed: fates.flatMap((fate) => (fate.kind === "refreshed" ? [fate.item] : [])),
    gone: fates.flatMap((fate) => (fate.kind === "gone" && !replaced.has(fate.item.id) ? [fate.item] : [])),
    unchanged: knownFiles - moved.length - resubtitled.length,
  };
}

interface EncodeGroup {
  readonly id?: MediaId;
  /** One content, one or more files. */
  readonly files: readonly FileOnDisk[];
}

/** A file that held other content before takes its place, if that content is nowhere else. */
function toStep(
  { id, files }: EncodeGroup,
  locations: ReadonlyMap<string, Location>,
  lost: ReadonlySet<MediaId>,
): EncodeStep {
  const [file, ...rest] = files as [FileOnDisk, ...FileOnDisk[]];
  const before = files.flatMap((one) => locations.get(one.path)?.item.id ?? []);
  return {
    file,
    status: before.length > 0 ? "updated" : "added",
    ...(id === undefined ? {} : { id }),
    replaces: [...new Set(before)].filter((old) => lost.has(old)),
    copies: rest.map(toCopy),
  };
}

type Fate =
  | { readonly kind: "gone" | "refreshed" | "same"; readonly item: MediaItem }
  | { readonly kind: "moved"; readonly item: MediaItem; readonly from: string }
  | { readonly kind: "stale"; readonly item: MediaItem; readonly step: EncodeStep };

/** What becomes of an item: it keeps its path while that file lasts; then its first copy takes over. */
function fateOf(item: MediaItem, files: readonly FileOnDisk[], inScope: (path: string) => boolean): Fate {
  const onDisk = new Map(files.map((file) => [file.path, file]));
  const before = [toCopy(item), ...(item.copies ?? [])];
  const kept = before.flatMap((place): FileCopy[] => {
    const file = onDisk.get(place.path);
    if (file) return [toCopy(file)];
    return inScope(place.path) ? [] : [place];
  });
  const keptPaths = new Set(kept.map((place) => place.path));
  const [first, ...copies] = [...kept, ...files.filter((file) => !keptPaths.has(file.path)).map(toCopy)];
  if (!first) return { kind: "gone", item };
  const file = onDisk.get(first.path);
  const next = rewritten(item, first, copies);
  if (file && file.sidecarsAt !== item.sidecarsAt && first.path === item.path) {
    const step = { file, status: "updated", id: item.id, replaces: [item.id], copies } as const;
    return { kind: "stale", item, step };
  }
  if (first.path !== item.path) return { kind: "moved", item: next, from: item.path };
  const isSame = JSON.stringify([first, ...copies]) === JSON.stringify(before);
  return { kind: isSame ? "same" : "refreshed", item: next };
}

function rewritten(
  { copies: _, ...item }: MediaItem,
  first: FileCopy,
  copies: readonly FileCopy[],
): MediaItem {
  return { ...item, ...first, ...(copies.length > 0 ? { copies } : {}) };
}

function toCopy({ path, modifiedAt }: FileCopy): FileCopy {
  return { path, modifiedAt };
}
