import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { AnnouncedHash } from "./hub.ts";

/** A hash that grows with the bytes of a file. */
export interface RunningHash {
  add(bytes: Uint8Array): void;
  hex(): string;
}

/** Git hashes a small file together with its length, which is therefore asked for. */
export function runningHash(kind: AnnouncedHash["kind"], bytes: number): RunningHash {
  const hash = createHash(kind === "sha256" ? "sha256" : "sha1");
  if (kind === "git-sha1") hash.update(`blob ${bytes}\0`);
  return { add: (part) => hash.update(part), hex: () => hash.digest("hex") };
}

/** Feeds a file's bytes from disk into a hash. */
export async function addFile(hash: RunningHash, file: string, signal: AbortSignal): Promise<void> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.add(chunk as Buffer);
  }
}

/** Whether a file holds what was announced, to the last bit. */
export async function holds(
  file: string,
  { bytes, hash }: { readonly bytes: number; readonly hash: AnnouncedHash },
  signal: AbortSignal,
): Promise<boolean> {
  const running = runningHash(hash.kind, bytes);
  await addFile(running, file, signal);
  return running.hex() === hash.hex;
}
