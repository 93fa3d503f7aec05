import { createHash } from "node:crypto";
import { z } from "zod";
import type { Hub } from "./hub.ts";
import type { HubSettings } from "./hub-settings.ts";
import { encodePath } from "./hugging-face.ts";
import { type Patience, requestJson } from "./request.ts";

const branch = "master";

const listing = z.object({
  Data: z.object({
    Files: z.array(
      z.object({ Type: z.string(), Path: z.string(), Size: z.number(), Sha256: z.string().optional() }),
    ),
  }),
});

/** ModelScope names no commit of a whole repository: a hash over its listing stands for one. */
export function modelScope(settings: HubSettings, patience: Patience): Hub {
  return {
    settings,
    async list(repository, signal) {
      const address = `${settings.url}/api/v1/models/${repository}/repo/files?Revision=${branch}&Recursive=true`;
      const { json } = await requestJson(address, signal, patience);
      const files = listing
        .parse(json)
        .Data.Files.flatMap(({ Type, Path, Size, Sha256 }) =>
          Type === "blob" && Sha256
            ? [{ path: Path, bytes: Size, hash: { kind: "sha256", hex: Sha256 } as const }]
            : [],
        );
      const lines = files.map(({ path, hash }) => `${hash.hex}  ${path}\n`).sort();
      return { revision: createHash("sha1").update(lines.join("")).digest("hex"), files };
    },
    address: (repository, _revision, file) =>
      `${settings.url}/models/${repository}/resolve/${branch}/${encodePath(file)}`,
  };
}
