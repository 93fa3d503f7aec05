import type { HubSettings } from "./hub-settings.ts";
import { huggingFace } from "./hugging-face.ts";
import { modelScope } from "./model-scope.ts";
import type { Patience } from "./request.ts";

/** The hash that a hub announces of a file: of its bytes, or git's of a small file. */
export type AnnouncedHash =
  | { readonly kind: "sha256"; readonly hex: string }
  | { readonly kind: "git-sha1"; readonly hex: string };

export interface HubFile {
  readonly path: string;
  readonly bytes: number;
  readonly hash: AnnouncedHash;
}

/** One state of a repository. */
export interface HubListing {
  /** Commit, or a hash over the listing where the hub names none. */
  readonly revision: string;
  readonly files: readonly HubFile[];
}

export interface Hub {
  readonly settings: HubSettings;
  /** Throws `Failure`: `unavailable` without a network, `not-found`, `busy` when the hub asks for too long a wait. */
  list(repository: string, signal: AbortSignal): Promise<HubListing>;
  /** The address of a file in the state that `list` told of. */
  address(repository: string, revision: string, file: string): string;
}

export function openHub(settings: HubSettings, patience: Patience): Hub {
  return settings.kind === "modelscope" ? modelScope(settings, patience) : huggingFace(settings, patience);
}
