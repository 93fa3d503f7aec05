import { z } from "zod";
import type { Hub, HubFile } from "./hub.ts";
import type { HubSettings } from "./hub-settings.ts";
import { type Patience, requestJson } from "./request.ts";

const revisionShape = z.object({ sha: z.string().min(1) });
const entry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number(),
  oid: z.string(),
  lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
});

/** Hugging Face, and mirrors of it such as hf-mirror.com. */
export function huggingFace(settings: HubSettings, patience: Patience): Hub {
  const api = (repository: string, rest: string) => `${settings.url}/api/models/${repository}/${rest}`;
  return {
    settings,
    async list(repository, signal) {
      const { sha } = revisionShape.parse(
        (await requestJson(api(repository, "revision/main"), signal, patience)).json,
      );
      const files: HubFile[] = [];
      let next: string | undefined = api(repository, `tree/${sha}?recursive=true`);
      while (next !== undefined) {
        const page = await requestJson(next, signal, patience);
        files.push(...z.array(entry).parse(page.json).flatMap(toFile));
        next = nextPage(page.link, next);
      }
      return { revision: sha, files };
    },
    address: (repository, revision, file) =>
      `${settings.url}/${repository}/resolve/${revision}/${encodePath(file)}`,
  };
}

function toFile({ type, path, size, oid, lfs }: z.output<typeof entry>): HubFile[] {
  if (type !== "file") return [];
  if (lfs) return [{ path, bytes: lfs.size, hash: { kind: "sha256", hex: lfs.oid.replace(/^sha256:/, "") } }];
  return [{ path, bytes: size, hash: { kind: "git-sha1", hex: oid } }];
}

/** `Link: <…>; rel="next"`: large repositories list their files in pages. Stays on the same host. */
function nextPage(link: string | null, current: string): string | undefined {
  const found = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  if (found === undefined) return undefined;
  const { pathname, search } = new URL(found, current);
  return new URL(pathname + search, current).href;
}

export function encodePath(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
