import type { Encoder } from "../encoder/encoder.ts";
import type { PictureReader } from "../ingest/picture-reader.ts";
import type { Coverage } from "../media/coverage.ts";
import type { Pixels } from "../media/pixels.ts";
import type { Filter, MediaStore } from "../store/media-store.ts";
import { stoppable } from "../store/stoppable.ts";
import { clipsLike, type QueryClip } from "./clip-search.ts";
import { coverageOf } from "./coverage.ts";
import { likeEachWord } from "./each-word.ts";
import { type KeptBounds, keepBounds } from "./kept-bounds.ts";
import type { Moment } from "./moment.ts";
import { picturesLike } from "./picture-search.ts";
import { planQuery, type QueryPlan } from "./query-plan.ts";
import { rankMoments } from "./rank-moments.ts";
import { refineMoment } from "./refine-moment.ts";
import { stillsLike } from "./still-search.ts";
import { eventsLike, textsWith } from "./text-search.ts";

/** At least one of `text`, `imagePixels` and `clip`; several are searched together. */
export interface SearchRequest {
  readonly text?: string;
  readonly imagePixels?: Pixels;
  readonly clip?: QueryClip;
  readonly filter: Filter;
  /** At most this many moments. */
  readonly limit: number;
  /** How many of the best moments are decoded again for exact bounds: default 3 for a picture query, else 0. */
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

const picturesExamined = 3;

/** Search by text, picture, clip or a mix over one library. */
export function openSearch(given: SearchDeps): Search {
  const deps = { ...given, bounds: keepBounds() };
  return {
    search: (request, signal) =>
      runSearch({ ...deps, store: stoppable(deps.store, signal) }, request, signal),
  };
}

interface OpenDeps extends SearchDeps {
  readonly bounds: KeptBounds;
}

async function runSearch(deps: OpenDeps, request: SearchRequest, signal: AbortSignal): Promise<SearchResult> {
  signal.throwIfAborted();
  const plan = request.text === undefined ? undefined : planQuery(request.text, deps.encoder);
  const [moments, coverage] = await Promise.all([
    findMoments(deps, request, plan, signal),
    coverageOf(deps.store, request.filter, plan?.unknownWords ?? [], deps.unreadable?.(request.filter)),
  ]);
  return { moments, coverage };
}

async function findMoments(
  deps: OpenDeps,
  request: SearchRequest,
  plan: QueryPlan | undefined,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const { store, encoder } = deps;
  const { imagePixels, clip, filter } = request;
  const words = plan === undefined ? undefined : await encodeWords(encoder, plan.pictureWords, signal);
  const { imageToImage } = encoder.relevance;
  const [byClip, byImage, byText, byEvents, byWords] = await Promise.all([
    clip === undefined ? [] : clipsLike({ store, encoder }, clip, filter, signal),
    imagePixels === undefined ? [] : byPicture(deps, request, imagePixels, imageToImage, signal),
    textsWith(store, plan?.textWords ?? [], filter, signal),
    plan?.events === undefined ? [] : eventsLike(store, plan.events, filter, signal),
    words === undefined ? [] : byLook(deps, plan?.pictureWords ?? [], words, filter, signal),
  ]);
  // A file's name tells of the whole file: what happens or is written in it says more.
  const byFacts = byText.filter(({ sources }) => sources.every((source) => source === "metadata"));
  const byContent = byText.filter((moment) => !byFacts.includes(moment));
  // A text that holds the very words that events know nothing of is the better answer.
  const events = byContent.length > 0 && plan?.unknownWords.length ? [] : byEvents;
  const lists = [byClip, byImage, byContent, events, byWords, byFacts];
  const ranked = rankMoments(lists).slice(0, request.limit);
  const refine = imagePixels === undefined ? (request.refine ?? 0) : 0;
  return Promise.all(
    ranked.map((moment, i) => (i < refine ? refineMoment(deps, moment, words, signal) : moment)),
  );
}

async function byLook(
  { store, encoder }: SearchDeps,
  words: readonly string[],
  vector: Float32Array,
  filter: Filter,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const threshold = encoder.relevance.textToImage;
  const moments = await picturesLike(store, { vector, threshold, filter }, signal);
  if (!encoder.addsWords || words.length < 2) return moments;
  const alone = await encoder.encode(
    words.map((text) => ({ kind: "text", text })),
    signal,
  );
  return likeEachWord(store, moments, alone, threshold, signal);
}

async function byPicture(
  { store, encoder, pictures }: SearchDeps,
  { filter, refine = picturesExamined }: SearchRequest,
  pixels: Pixels,
  threshold: number,
  signal: AbortSignal,
): Promise<readonly Moment[]> {
  const [vector] = await encoder.encode([{ kind: "image", pixels }], signal);
  if (vector === undefined) return [];
  return stillsLike({ store, encoder, pictures }, { vector, threshold, filter }, refine, signal);
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
