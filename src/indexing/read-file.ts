import { stat } from "node:fs/promises";
import type { Encoder } from "../encoder/encoder.ts";
import type { Extractor, ReportProgress } from "../ingest/extractor.ts";
import { Failure } from "../media/failure.ts";
import type { MediaItem, MediaKind } from "../media/media-item.ts";
import type { Replacement } from "../store/media-store.ts";
import { contentId } from "./content-id.ts";
import { embedCuts } from "./embed.ts";
import type { EncodeStep } from "./plan.ts";
import type { FileOnDisk } from "./walk.ts";

export interface Readers {
  readonly extractors: ReadonlyMap<MediaKind, Extractor>;
  readonly encoder: Encoder;
}

/** Takes one file apart and embeds it. Throws `Failure` for a file that cannot be read, also when it changes meanwhile. */
export async function readMediaFile(
  step: EncodeStep,
  { extractors, encoder }: Readers,
  signal: AbortSignal,
  report: ReportProgress,
): Promise<Replacement> {
  const { file } = step;
  try {
    if (file.bytes === 0) throw emptyFile(file.path);
    const extractor = file.kind && extractors.get(file.kind);
    if (!file.kind || !extractor) throw unknownKind(file.path);
    await assertUnchanged(file);
    const id = step.id ?? (await contentId(file.path, signal));
    const facts = await extractor.probe(file.path, signal);
    const item: MediaItem = {
      ...facts,
      id,
      kind: file.kind,
      path: file.path,
      bytes: file.bytes,
      modifiedAt: file.modifiedAt,
      ...(step.copies.length > 0 ? { copies: step.copies } : {}),
      ...(file.sidecarsAt === undefined ? {} : { sidecarsAt: file.sidecarsAt }),
    };
    const cuts = extractor.extract(item, signal, report);
    const segments = await embedCuts(id, cuts, encoder, signal);
    await assertUnchanged(file);
    return { item, segments, replaces: step.replaces };
  } catch (error) {
    signal.throwIfAborted();
    throw asFailure(file.path, error);
  }
}

/** A recording that still grows would be half in the index. */
async function assertUnchanged({ path, bytes, modifiedAt }: FileOnDisk): Promise<void> {
  const now = await stat(path);
  if (now.size === bytes && Math.trunc(now.mtimeMs) === modifiedAt) return;
  throw new Failure({
    code: "busy",
    message: `${path} changed while it was being read.`,
    remedy: "Run `sightline index` again when it is finished; `--watch` does so by itself.",
  });
}

function emptyFile(path: string): Failure {
  return new Failure({
    code: "corrupt",
    message: `${path} is empty (0 bytes).`,
    remedy: "Copy or download the file again, or delete it.",
  });
}

function unknownKind(path: string): Failure {
  return new Failure({
    code: "unsupported",
    message: `${path} is no video, picture, sound or document that Sightline reads.`,
    remedy: "Convert it to a common format such as MP4, JPEG, PDF or plain text.",
  });
}

const systemRemedies: ReadonlyMap<string, (path: string) => string> = new Map<
  string,
  (path: string) => string
>([
  ["EACCES", (path) => `Check its permissions: ls -l "${path}"`],
  ["EPERM", (path) => `Check its permissions: ls -l "${path}"`],
  ["ENOENT", () => "It vanished while it was to be read; run `sightline index` again if it is back."],
  ["EIO", () => "The disk or the network share did not answer; check it and run `sightline index` again."],
]);

/** One odd file must not end a night's run: what is no `Failure` is named as a defect and kept as the cause. */
function asFailure(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  const remedy =
    systemRemedies.get(code)?.(path) ??
    "This is a defect in Sightline: please report it with this message and, if you can, the file.";
  const what = systemRemedies.has(code) ? `cannot be read (${code})` : `could not be taken apart: ${message}`;
  return new Failure({ code: "unreadable", message: `${path} ${what}.`, remedy }, { cause: error });
}
