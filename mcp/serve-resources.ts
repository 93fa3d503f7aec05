import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type Resource,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { Failure } from "../src/media/failure.ts";
import type { HidePaths } from "./hide-paths.ts";
import type { ResourceContents, ResourceSource } from "./resource-source.ts";

const pageSize = 100;
const mostSubscriptions = 1_000;
/** MCP's own code for a resource that is not there. */
const resourceNotFound = -32002;

/** Wires the sources to a server; the answer tells its client that the library changed. */
export function serveResources(
  server: Server,
  sources: readonly ResourceSource[],
  hidePaths: () => Promise<HidePaths>,
) {
  const subscriptions = new Set<string>();
  const templates = sources.flatMap((source) => source.templates);

  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => {
    const start = offsetOf(params?.cursor);
    const all = await listAll(sources);
    const resources = all.slice(start, start + pageSize);
    const next = start + pageSize;
    return { resources, ...(next < all.length ? { nextCursor: String(next) } : {}) };
  });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: templates }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }, { signal }) => ({
    contents: await read(sources, uri, signal, hidePaths),
  }));
  server.setRequestHandler(SubscribeRequestSchema, ({ params: { uri } }) => {
    if (subscriptions.size >= mostSubscriptions)
      throw new McpError(ErrorCode.InvalidParams, `At most ${mostSubscriptions} subscriptions a session`);
    subscriptions.add(uri);
    return {};
  });
  server.setRequestHandler(UnsubscribeRequestSchema, ({ params: { uri } }) => {
    subscriptions.delete(uri);
    return {};
  });
  return {
    libraryChanged: async () => {
      await server.sendResourceListChanged();
      for (const uri of subscriptions) await server.sendResourceUpdated({ uri });
    },
  };
}

/** A library that is empty, or cannot be opened, lists what there is without it: the tools say why. */
async function listAll(sources: readonly ResourceSource[]): Promise<readonly Resource[]> {
  const lists = sources.map((source) =>
    source.list().catch((error: unknown) => {
      if (error instanceof Failure) return [];
      throw error;
    }),
  );
  return (await Promise.all(lists)).flat();
}

async function read(
  sources: readonly ResourceSource[],
  uri: string,
  signal: AbortSignal,
  hidePaths: () => Promise<HidePaths>,
): Promise<ResourceContents> {
  try {
    for (const source of sources) {
      const contents = await source.read(uri, signal);
      if (contents !== undefined) return contents;
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const code = error.code === "not-found" ? resourceNotFound : ErrorCode.InvalidParams;
    const hide = await hidePaths();
    throw new McpError(code, hide(`${error.message}. ${error.remedy}`), { uri });
  }
  throw new McpError(resourceNotFound, "No such resource. Read resources/list and resources/templates/list", {
    uri,
  });
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new McpError(ErrorCode.InvalidParams, "Unknown cursor: start again without one");
}
