import { basename } from "node:path";
import type { ResourceLink } from "@modelcontextprotocol/sdk/types.js";
import { neutralise } from "../src/agent/evidence-text.ts";
import type { Finding } from "../src/media/citation.ts";
import { mediaUri } from "./media-uri.ts";

const mostLinks = 4;

/** The files of the first findings, each once, for a client to attach. */
export function resourceLinks(
  findings: readonly Pick<Finding, "mediaId" | "path" | "kind">[],
): readonly ResourceLink[] {
  const files = new Map(findings.map(({ mediaId, path }) => [mediaId, path]));
  return [...files].slice(0, mostLinks).map(([id, path]) => ({
    type: "resource_link",
    uri: mediaUri(id),
    name: neutralise(basename(path), 120),
    mimeType: "application/json",
  }));
}
