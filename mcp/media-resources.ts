import { basename } from "node:path";
import type { Resource, ResourceTemplate } from "@modelcontextprotocol/sdk/types.js";
import { neutralise } from "../src/agent/evidence-text.ts";
import { Failure } from "../src/media/failure.ts";
import type { MediaId, MediaItem } from "../src/media/media-item.ts";
import { formatTimeCode } from "../src/media/time-code.ts";
import { readPicture } from "../src/tools/read-picture.ts";
import type { McpHost, OpenedLibrary } from "./host.ts";
import { type MediaAddress, mediaUri, parseMediaUri, transcriptUri } from "./media-uri.ts";
import { pageJson, transcriptJson } from "./passages.ts";
import type { ResourceContents, ResourceSource } from "./resource-source.ts";

const frameSide = 1024;
const previewSide = 512;
const mostCompletions = 100;

const templates: readonly ResourceTemplate[] = [
  {
    uriTemplate: "media://{id}",
    name: "media",
    title: "A file's facts and preview",
    description: "Kind, size, date, duration, pages of one file, and a small picture of it.",
    mimeType: "application/json",
  },
  {
    uriTemplate: "media://{id}/frame{?t}",
    name: "frame",
    title: "A frame of a video",
    description: "The picture on screen at t: seconds (12.4) or a time code (1:02.5).",
    mimeType: "image/jpeg",
  },
  {
    uriTemplate: "media://{id}/page/{page}",
    name: "page",
    title: "A page of a document",
    description: "The text of one page, from 1, and its picture.",
    mimeType: "application/json",
  },
  {
    uriTemplate: "media://{id}/transcript{?from}",
    name: "transcript",
    title: "The text of a file",
    description:
      "Subtitles and text on screen with their times, or a document's text; in parts: go on at `next`.",
    mimeType: "application/json",
  },
];

/** The library's files: facts, frames, pages and text, by opaque id. */
export function mediaResources(host: McpHost): ResourceSource {
  return {
    templates,
    list: async () => {
      const { library } = await host.open();
      const items = await library.store.list({ limit: Number.MAX_SAFE_INTEGER });
      return items.map(describeItem);
    },
    read: async (uri, signal) => {
      const address = parseMediaUri(uri);
      if (!address) return undefined;
      return await host.limited(async () => {
        const opened = await host.open();
        const item = await opened.library.store.get(address.id as MediaId);
        if (!item) throw unknownId();
        return await readAddress(uri, address, item, opened, signal);
      }, signal);
    },
    complete: async ({ uri }, argument, value) => {
      if (!templates.some((template) => template.uriTemplate === uri)) return undefined;
      if (argument !== "id") return [];
      const { library } = await host.open();
      const items = await library.store.list({ limit: Number.MAX_SAFE_INTEGER });
      return items
        .filter((item) => fits(item, value))
        .slice(0, mostCompletions)
        .map((item) => item.id);
    },
  };
}

async function readAddress(
  uri: string,
  address: MediaAddress,
  item: MediaItem,
  { library }: OpenedLibrary,
  signal: AbortSignal,
): Promise<ResourceContents> {
  switch (address.kind) {
    case "facts": {
      const preview =
        item.kind === "audio" ? [] : [await picture(uri, item, {}, library, signal, previewSide)];
      return [json(uri, factsOf(item)), ...preview];
    }
    case "frame":
      return [await picture(uri, item, { timeMs: address.timeMs }, library, signal, frameSide)];
    case "page": {
      const shown = await picture(uri, item, { page: address.page }, library, signal, frameSide);
      return [json(uri, await pageJson(library.store, item, address.page)), shown];
    }
    case "transcript":
      return [json(uri, await transcriptJson(library.store, item, address.from))];
  }
}

async function picture(
  uri: string,
  item: MediaItem,
  place: { readonly timeMs?: number; readonly page?: number },
  library: OpenedLibrary["library"],
  signal: AbortSignal,
  longestSide: number,
) {
  const { pixels } = await readPicture(library.pictures, item, place, signal, { longestSide });
  const { default: sharp } = await import("sharp");
  const { width, height, data } = pixels;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(longestSide, longestSide, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
  return { uri, mimeType: "image/jpeg", blob: jpeg.toString("base64") };
}

function json(uri: string, value: unknown) {
  return { uri, mimeType: "application/json", text: JSON.stringify(value) };
}

function factsOf(item: MediaItem) {
  const { id, kind, bytes, durationMs, width, height, pages, placeName, camera, title } = item;
  const said = Object.entries({ placeName, camera, title }).filter(([, text]) => text !== undefined);
  return {
    id,
    file: nameOf(item),
    kind,
    bytes,
    date: new Date(item.takenAt ?? item.modifiedAt).toISOString(),
    ...(durationMs === undefined ? {} : { durationMs, duration: formatTimeCode(durationMs) }),
    ...(width === undefined ? {} : { width, height }),
    ...(pages === undefined ? {} : { pages }),
    ...Object.fromEntries(said.map(([key, text]) => [key, neutralise(text ?? "", 200)])),
    transcript: transcriptUri(id),
  };
}

function describeItem(item: MediaItem): Resource {
  const facts = [
    item.kind,
    new Date(item.takenAt ?? item.modifiedAt).toISOString().slice(0, 10),
    item.durationMs === undefined ? "" : formatTimeCode(item.durationMs),
    item.pages === undefined ? "" : `${item.pages} p.`,
  ];
  return {
    uri: mediaUri(item.id),
    name: nameOf(item),
    description: facts.filter((fact) => fact !== "").join(", "),
    mimeType: "application/json",
  };
}

function fits(item: MediaItem, value: string): boolean {
  const wanted = value.normalize("NFC").toLowerCase();
  return item.id.startsWith(wanted) || nameOf(item).normalize("NFC").toLowerCase().includes(wanted);
}

function nameOf(item: MediaItem): string {
  return neutralise(basename(item.path), 120);
}

function unknownId(): Failure {
  return new Failure({
    code: "not-found",
    message: "No file of the library has this id",
    remedy: "Call list_media, or read resources/list, for the ids.",
  });
}
