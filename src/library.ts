import path from "node:path";
import type { AgentEvent } from "./agent/agent-event.ts";
import { checkCitation, showsEvent } from "./agent/check.ts";
import { type Conversation, startConversation } from "./agent/conversation.ts";
import { libraryFacts } from "./agent/library-facts.ts";
import { systemPrompt } from "./agent/prompt.ts";
import { runAgent } from "./agent/run.ts";
import type { ChatModel, Thinking } from "./chat/chat-model.ts";
import type { Encoder } from "./encoder/encoder.ts";
import type { PictureReader } from "./ingest/picture-reader.ts";
import type { Attachment } from "./media/attachment.ts";
import type { CitationCheck, Finding } from "./media/citation.ts";
import type { Coverage } from "./media/coverage.ts";
import { Failure } from "./media/failure.ts";
import type { MediaItem, MediaKind } from "./media/media-item.ts";
import type { Pixels } from "./media/pixels.ts";
import { parseClipReference } from "./retrieval/clip-reference.ts";
import { type QueryClip, readClip } from "./retrieval/clip-search.ts";
import { toFinding } from "./retrieval/moment.ts";
import { openSearch } from "./retrieval/search.ts";
import type { Filter, MediaStore } from "./store/media-store.ts";
import { stoppable } from "./store/stoppable.ts";
import { allTools } from "./tools/all-tools.ts";
import type { Tool } from "./tools/tool.ts";
import type { ExportClip, ToolDeps } from "./tools/tool-deps.ts";

/** What a person searches for: at least one of `text`, `imageFile` and `clip`. Files need not be in the library. */
export interface FindRequest {
  readonly text?: string;
  /** Absolute path of a picture. */
  readonly imageFile?: string;
  /** Where `imageFile` is a video of the library: the time of its frame. */
  readonly imageAtMs?: number;
  /** `file#t=12,18` */
  readonly clip?: string;
  readonly kind?: MediaKind;
  readonly limit: number;
  /** Of so many of the best moments the bounds are decoded again, some tenths of a second each. Default 3. */
  readonly refine?: number;
}

export interface AskOptions {
  readonly thinking: Thinking;
  /** Pictures and clips that come with the question; files need not be in the library. */
  readonly attachments?: readonly Attachment[];
}

/** Of the best moments the bounds are decoded again: a person looks at a few, and each costs some tenths of a second. */
const refinedMoments = 3;

/** One library, opened for questions. It owns nothing: the app disposes of what it was made from. */
export interface Library {
  readonly model: Pick<ChatModel, "name" | "runsOn" | "contextTokens" | "accepts">;
  readonly tools: readonly Tool[];
  /** For interfaces that show media: what is indexed, and its pictures at exact times. */
  readonly store: MediaStore;
  readonly pictures: PictureReader;
  readonly encoder: Encoder;
  /** Reads a picture file from anywhere, upright. */
  readonly readImage: (file: string, signal: AbortSignal) => Promise<Pixels>;
  /** The length of a video file from anywhere. */
  readonly probeVideo: (file: string, signal: AbortSignal) => Promise<{ readonly durationMs?: number }>;
  readonly exportClip: ExportClip;
  /** Absolute; the only folder that clips are written to. */
  readonly exportFolder: string;
  /** Absolute; for pictures made on the way. */
  readonly scratchFolder: string;
  find(
    request: FindRequest,
    signal: AbortSignal,
  ): Promise<{ readonly findings: readonly Finding[]; readonly coverage: Coverage }>;
  /** Tests a moment against its file, decoded again: what answers do with every citation. */
  check(finding: Finding, signal: AbortSignal): Promise<CitationCheck>;
  startConversation(): Promise<Conversation>;
  ask(
    question: string,
    conversation: Conversation,
    options: AskOptions,
    signal: AbortSignal,
  ): AsyncGenerator<AgentEvent, void>;
}

export interface LibraryParts extends Omit<ToolDeps, "search"> {
  readonly model: ChatModel;
  readonly readImage: (file: string, signal: AbortSignal) => Promise<Pixels>;
  readonly probeVideo: (file: string, signal: AbortSignal) => Promise<{ readonly durationMs?: number }>;
  readonly readText: (pixels: Pixels, signal: AbortSignal) => Promise<string>;
  readonly unreadable: (filter: Filter) => Promise<number>;
}

export function openLibrary(parts: LibraryParts): Library {
  const { store, model } = parts;
  const search = openSearch(parts);
  const tools = allTools({ ...parts, search });
  return {
    model,
    tools,
    store,
    pictures: parts.pictures,
    encoder: parts.encoder,
    readImage: parts.readImage,
    probeVideo: parts.probeVideo,
    exportClip: parts.exportClip,
    exportFolder: parts.exportFolder,
    scratchFolder: parts.scratchFolder,
    find: async (request, signal) => {
      const { text, kind, limit } = request;
      const clip = request.clip === undefined ? undefined : await clipOf(parts, request.clip, signal);
      const imagePixels = await pictureOf(parts, request, signal);
      const found = await search.search(
        {
          filter: kind ? { kinds: [kind] } : {},
          limit,
          refine: request.refine ?? refinedMoments,
          ...(text ? { text } : {}),
          ...(clip ? { clip } : {}),
          ...(imagePixels ? { imagePixels } : {}),
        },
        signal,
      );
      return { findings: found.moments.map(toFinding), coverage: found.coverage };
    },
    check: (finding, signal) => checkCitation(finding, parts, signal),
    startConversation: async () => {
      const facts = { ...(await libraryFacts(store)), today: new Date(), sees: model.accepts.has("image") };
      return startConversation(systemPrompt({ ...facts, toolNames: tools.map((tool) => tool.name) }));
    },
    ask: (question, conversation, { thinking, attachments = [] }, signal) =>
      runAgent({
        model,
        tools: allTools({ ...parts, store: stoppable(store, signal), search }),
        conversation,
        question,
        attachments,
        thinking,
        signal,
        check: (evidence, checkSignal) => checkCitation(evidence, parts, checkSignal),
        confirm: (finding, checkSignal) => showsEvent(finding, parts, checkSignal),
      }),
  };
}

async function pictureOf(
  parts: LibraryParts,
  { imageFile, imageAtMs }: FindRequest,
  signal: AbortSignal,
): Promise<Pixels | undefined> {
  if (imageFile === undefined) return undefined;
  if (imageAtMs === undefined) return parts.readImage(imageFile, signal);
  const [frame] = await parts.pictures.framesAt(unknownVideo(imageFile), [imageAtMs], signal);
  if (frame) return frame.pixels;
  throw new Failure({
    code: "not-found",
    message: `${path.basename(imageFile)} shows no frame at that time.`,
    remedy: "Give an earlier time.",
  });
}

/** A clip of the library keeps its id, so that its own place is known; any other video is read as it lies. */
async function clipOf(parts: LibraryParts, reference: string, signal: AbortSignal): Promise<QueryClip> {
  const { path: given, startMs, endMs } = parseClipReference(reference);
  const file = path.resolve(given);
  const [known] = await parts.store.list({ under: file, limit: 1 });
  const item = known ?? { ...unknownVideo(file), ...(await parts.probeVideo(file, signal)) };
  const end = endMs ?? item.durationMs ?? startMs + 10_000;
  if (item.durationMs !== undefined && startMs >= item.durationMs) {
    throw new Failure({
      code: "invalid-input",
      message: `The clip starts after the end of ${file}.`,
      remedy: `Give a start below ${(item.durationMs / 1000).toFixed(1)} seconds.`,
    });
  }
  return readClip(parts.pictures, item, startMs, end, signal);
}

function unknownVideo(file: string): MediaItem {
  return { id: "" as MediaItem["id"], kind: "video", path: file, bytes: 0, modifiedAt: 0 };
}
