import type { Config } from "../config.ts";

export interface CommandContext {
  readonly config: Config;
  readonly signal: AbortSignal;
}
