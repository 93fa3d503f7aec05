import path from "node:path";
import type { App } from "../src/app.ts";
import type { Config } from "../src/config.ts";
import { type IndexJobs, openIndexJobs } from "../src/index-jobs.ts";
import { type LibraryOverview, readOverview, writeOverview } from "../src/indexing/overview-file.ts";
import type { Library } from "../src/library.ts";
import { Failure } from "../src/media/failure.ts";
import { allTools } from "../src/tools/all-tools.ts";
import type { Tool } from "../src/tools/tool.ts";
import type { ToolDeps } from "../src/tools/tool-deps.ts";
import { openWorkQueue } from "../src/work-queue.ts";
import { type HidePaths, hidePathsBelow } from "./hide-paths.ts";
import { watchOverview } from "./library-watch.ts";

export interface McpHostParts {
  readonly config: Config;
  readonly openApp: (config: Config) => App;
  /** Shared with whoever serves the same library otherwise, who also disposes of them; by default the host's own. */
  readonly app?: App;
  readonly jobs?: IndexJobs;
  /** Absolute folders that clients may have indexed, besides those that the person indexed before. */
  readonly allowedRoots?: readonly string[];
  /** Folders that a client says it works in may be indexed too. */
  readonly trustClientRoots?: boolean;
}

export interface OpenedLibrary {
  readonly library: Library;
  readonly hide: HidePaths;
  readonly roots: readonly string[];
  /** Why the chosen model does not run; the built-in responder stands in, and `ask` searches instead. */
  readonly modelFailure?: Failure;
}

/** One library for any number of sessions: opened at the first call that needs it. */
export interface McpHost extends AsyncDisposable {
  readonly config: Config;
  readonly jobs: IndexJobs;
  readonly trustClientRoots: boolean;
  /** What tools there are: known before the library is open. */
  toolList(): readonly Tool[];
  open(): Promise<OpenedLibrary>;
  overview(): LibraryOverview | undefined;
  /** Absolute folders that may be indexed without asking again. */
  allowedRoots(): Promise<readonly string[]>;
  hidePaths(): Promise<HidePaths>;
  /** Calls that decode or search: a few at once, so that fifty do not start fifty decoders. */
  limited<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  onChange(listener: (change: "library" | "tools") => void): () => void;
}

const mostCallsAtOnce = 4;

export function openMcpHost(parts: McpHostParts): McpHost {
  const { config, allowedRoots = [], trustClientRoots = false } = parts;
  const app = parts.app ?? parts.openApp(config);
  const spares: App[] = [];
  const listeners = new Set<(change: "library" | "tools") => void>();
  const tell = (change: "library" | "tools") => {
    for (const listener of listeners) listener(change);
  };
  const jobs = parts.jobs ?? openIndexJobs((request, signal) => app.index(request, signal));
  let listed = describedTools();
  let opened: Promise<OpenedLibrary> | undefined;
  let watcher = watchOverview(config.library, () => tell("library"));
  const unsubscribe = jobs.subscribe(({ event }) => {
    if (event?.type !== "index-end") return;
    watcher.close();
    watcher = watchOverview(config.library, () => tell("library"));
    tell("library");
  });

  const hidePaths = async () => {
    return hidePathsBelow([
      ...(await app.roots()),
      ...allowedRoots,
      config.library,
      path.join(config.library, "exports"),
    ]);
  };
  const openOnce = async (): Promise<OpenedLibrary> => {
    const { library, ...failed } = await openWithSomeModel(app, parts, spares).catch((error: unknown) => {
      throw mended(
        error,
        jobs.list().some(({ state }) => state === "running"),
      );
    });
    // Of a shared index, what this machine last counted may be old.
    const isShared = config.index !== undefined;
    if (isShared || !readOverview(config.library)) await writeOverview(config.library, library.store);
    const names = (tools: readonly Tool[]) => tools.map((tool) => tool.name).join();
    const changed = names(listed) !== names(library.tools);
    listed = library.tools;
    if (changed) tell("tools");
    return { library, hide: await hidePaths(), roots: await app.roots(), ...failed };
  };
  return {
    config,
    jobs,
    trustClientRoots,
    toolList: () => listed,
    open: () => {
      opened ??= openOnce().catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    overview: () => readOverview(config.library),
    allowedRoots: async () => [...allowedRoots, ...(await app.roots())],
    hidePaths,
    limited: openWorkQueue(mostCallsAtOnce, Number.POSITIVE_INFINITY).run,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      unsubscribe();
      watcher.close();
      if (!parts.jobs) await jobs[Symbol.asyncDispose]();
      await opened?.catch(() => undefined);
      for (const one of parts.app ? spares : [...spares, app]) await one[Symbol.asyncDispose]();
    },
  };
}

/** Tools read their parts only when they run, so their names and schemas need none; these cannot run. */
function describedTools(): readonly Tool[] {
  return allTools({} as ToolDeps);
}

/** A model that does not run takes only the answers away: searching needs none. */
async function openWithSomeModel(app: App, { config, openApp }: McpHostParts, spares: App[]) {
  try {
    return { library: await app.openLibrary() };
  } catch (error) {
    if (!(error instanceof Failure) || config.model === "builtin" || error.code === "not-found") throw error;
    const spare = openApp({ ...config, model: "builtin" });
    spares.push(spare);
    const library = await spare.openLibrary().catch(() => {
      throw error;
    });
    return { library, modelFailure: error };
  }
}

function mended(error: unknown, isIndexing: boolean): unknown {
  if (!(error instanceof Failure) || error.code !== "not-found") return error;
  return new Failure(
    {
      code: error.code,
      message: "Nothing is indexed yet in this library",
      remedy: isIndexing
        ? "The first files are being indexed: call job_status with waitSeconds until it is done."
        : "Call index_media with the folders to index, then job_status until it is done.",
    },
    { cause: error },
  );
}
