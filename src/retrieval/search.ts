import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { Coverage } from "../media/coverage.ts";
import type { Pixels } from "../media/pixels.ts";
import type { Filter, MediaStore } from "../store/media-store.ts";
import { clipsLike, type QueryClip } from "./clip-search.ts";
import { coverageOf } from "./coverage.ts";
import type { Moment } from "./moment.ts";
import { picturesLike } from "./picture-search.ts";
import { planQuery, type QueryPlan } from "./query-plan.ts";
import { rankMoments } from "./rank-moments.ts";
import { refineMoment } from "./refine-moment.ts";
import { eventsLike, textsWith } from "./text-search.ts";

/** At least one of `text`, `imagePixels` and `clip`; several are searched together. */
export interface SearchRequest {
  readonly text?: string;
  readonly imagePixels?: Pixels;
  readonly clip?: QueryClip;
  readonly filter: Filter;
  /** At most this many moments. */
  readonly limit: number;
  /** How many of the best moments get exact bounds by decoding again: default 1 for a picture query, else 0. */
  readonly refine?: number;
}

export interface SearchResult {
  /** Best first; empty when nothing passed the thresholds. */
  readonly moments: readonly Moment[];
  readonly coverage: Coverage;
}

export interface Search {
  search(request: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
}

export interface SearchDeps {
  readonly store: MediaStore;
  readonly encoder: Encoder;
  readonly pictures: PictureReader;
  /** How many files under the filter could not be indexed, where that is known. */
  readonly unreadable?: (filter: Filter) => Promise<number>;
}

/** Search by text, picture, clip or a mix over one library. */
export function openSearch(deps: SearchDeps): Search {
  return { search: (request, signal) => runSearch(deps, request, signal) };
}

async function runSearch(
  deps: SearchDeps,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  signal.throwIfAborted();
  const plan = request.text === undefined ? undefined : planQuery(request.text, deps.encoder);
  const [moments, unreadable] = await Promise.all([
    findMoments(deps, request, plan, signal),
    deps.unreadable?.(request.filter) ?? 0,
  ]);
  const coverage = await coverageOf(deps.store, request.filter, plan?.unknownWords ?? [], unreadable);
  return { moments, coverage };
}

async function findMoments(
  deps: SearchDeps,
  request: SearchRequest,
  plan: QueryPlan | undefined,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const { store, encoder, pictures } = deps;
  const { imagePixels, clip, filter } = request;
  const image = imagePixels === undefined ? undefined : await encodeImage(encoder, imagePixels, signal);
  const words = plan === undefined ? undefined : await encodeWords(encoder, plan.pictureWords, signal);
  const like = (vector: Float32Array | undefined, threshold: number) =>
    vector === undefined ? [] : picturesLike(store, { vector, threshold, filter }, signal);
  const [byClip, byImage, byText, byEvents, byWords] = await Promise.all([
    clip === undefined ? [] : clipsLike({ store, encoder }, clip, filter, signal),
    like(image, encoder.relevance.imageToImage),
    textsWith(store, plan?.textWords ?? [], filter, signal),
    plan?.events === undefined ? [] : eventsLike(store, plan.events, filter, signal),
    like(words, encoder.relevance.textToImage),
  ]);
  // A text that holds the very words that events know nothing of is the better answer.
  const events =
    byText.length > 0 && (plan?.textWords.length ?? 0) > 0 && plan?.unknownWords.length ? [] : byEvents;
  const ranked = rankMoments([byClip, byImage, byText, events, byWords]).slice(0, request.limit);
  const refined = request.refine ?? (imagePixels === undefined ? 0 : 1);
  const goal = image === undefined ? { vector: words, exact: false } : { vector: image, exact: true };
  return Promise.all(
    ranked.map((moment, i) =>
      i < refined && goal.vector !== undefined
        ? refineMoment({ encoder, pictures }, moment, { vector: goal.vector, exact: goal.exact }, signal)
        : moment,
    ),
  );
}

async function encodeImage(
  encoder: Encoder,
  pixels: Pixels,
  signal: AbortSignal,
): Promise<Float32Array | undefined> {
  const [vector] = await encoder.encode([{ kind: "image", pixels }], signal);
  return vector;
}

/** Undefined when the encoder knows none of the words: a zero vector is like nothing. */
async function encodeWords(
  encoder: Encoder,
  words: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array | undefined> {
  if (words.length === 0) return undefined;
  const [vector] = await encoder.encode([{ kind: "text", text: words.join(" ") }], signal);
  return vector?.some((value) => value !== 0) ? vector : undefined;
}
