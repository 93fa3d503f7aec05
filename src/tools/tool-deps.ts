import type { ChatModel } from "../chat/chat-model.ts";
import type { Encoder } from "../encoder/encoder.ts";
import type { VotedReading } from "../ingest/ocr/vote.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { RegionBox } from "../media/activity-event.ts";
import type { Pixels } from "../media/pixels.ts";
import type { Search } from "../retrieval/search.ts";
import type { MediaStore } from "../store/media-store.ts";

export type { VotedReading };

export type RereadByVote = (
  pixels: Pixels,
  options: { readonly region?: RegionBox },
  signal: AbortSignal,
) => Promise<VotedReading>;

export type ExportClip = (
  path: string,
  startMs: number,
  endMs: number,
  outPath: string,
  signal: AbortSignal,
) => Promise<void>;

/** Everything that tools need; each tool names the part it uses. */
export interface ToolDeps {
  readonly store: MediaStore;
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
  readonly search: Search;
  /** The OCR engine's vote, with the engine already chosen. */
  readonly reread: RereadByVote;
  readonly exportClip: ExportClip;
  /** Absolute; where clips go, and nothing else is written. */
  readonly exportFolder: string;
  /** Absolute; for pictures that a model looks at. */
  readonly scratchFolder: string;
  /** A model that sees; without it the tool `look` is not offered. */
  readonly eyes?: ChatModel;
  /** Writes a JPEG. */
  readonly savePicture: (pixels: Pixels, path: string) => Promise<void>;
}
