import type { Readable, Writable } from "node:stream";
import { capabilities, protocolVersions, serverInfo } from "./identity.ts";
import { instructionsOf } from "./instructions.ts";

/** What came in before there was a server to read it, and the request that has its answer already. */
export interface EarlyInput {
  /** Stops listening; what was read goes to the server's own transport. */
  handOver(): { readonly received: Buffer; readonly answered: string | number | undefined };
}

interface Initialize {
  readonly id: string | number;
  readonly protocolVersion: string;
}

/** The whole first line must be there within so many bytes; a longer one waits for the server. */
const mostBytes = 64 * 1024;

/**
 * Answers `initialize` from the input's first line, before the protocol's library is loaded: clients start servers
 * to see what they are, and wait for it. Anything else is left as it is. The answer is the server's own, word for word.
 */
export function answerEarly(libraryDirectory: string, input: Readable, output: Writable): EarlyInput {
  let received = Buffer.alloc(0);
  let answered: string | number | undefined;
  let looked = false;
  const listen = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf("\n");
    if (looked || end < 0) return;
    looked = true;
    const request = end <= mostBytes ? parseInitialize(received.toString("utf8", 0, end)) : undefined;
    if (!request) return;
    answered = request.id;
    output.write(`${JSON.stringify(answerTo(request, libraryDirectory))}\n`);
  };
  input.on("data", listen);
  return {
    handOver: () => {
      input.off("data", listen);
      input.pause();
      return { received, answered };
    },
  };
}

function answerTo({ id, protocolVersion }: Initialize, libraryDirectory: string) {
  const version = protocolVersions.includes(protocolVersion) ? protocolVersion : protocolVersions[0];
  const result = {
    protocolVersion: version,
    capabilities,
    serverInfo: serverInfo(),
    instructions: instructionsOf(libraryDirectory),
  };
  return { result, jsonrpc: "2.0", id };
}

/** Only a request that the protocol's library would take, too: all else gets its answer, or its error, from there. */
function parseInitialize(line: string): Initialize | undefined {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(read) || read.jsonrpc !== "2.0" || read.method !== "initialize") return undefined;
  const { id, params } = read;
  if (typeof id !== "string" && !Number.isInteger(id)) return undefined;
  if (!isObject(params) || typeof params.protocolVersion !== "string") return undefined;
  const { clientInfo } = params;
  if (!isObject(params.capabilities) || !isObject(clientInfo)) return undefined;
  if (typeof clientInfo.name !== "string" || typeof clientInfo.version !== "string") return undefined;
  return { id: id as string | number, protocolVersion: params.protocolVersion };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
