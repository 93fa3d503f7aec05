import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openChatModel, openEyes } from "./app-models.ts";
import { type Caption, openCaptions } from "./captions.ts";
import { openBuiltinResponder } from "./chat/builtin/responder.ts";
import type { ChatModel } from "./chat/chat-model.ts";
import { type Config, indexPlace } from "./config.ts";
import { type Diagnosis, diagnoseParts } from "./diagnose.ts";
import type { Encoder } from "./encoder/encoder.ts";
import { openOnnxEncoder } from "./encoder/onnx.ts";
import { type ForgetRequest, forget, isForgetting } from "./forget.ts";
import { countFailures, narrowed, openIndexed, seenFromHere } from "./indexed-store.ts";
import { type Feedback, recordFeedback } from "./indexing/feedback-file.ts";
import type { Forgotten } from "./indexing/forget-media.ts";
import type { IndexEvent } from "./indexing/index-event.ts";
import { type IndexOptions, indexLibrary } from "./indexing/index-library.ts";
import { type LibraryRecord, libraryReader } from "./indexing/library-file.ts";
import { writeOverview } from "./indexing/overview-file.ts";
import { watchLibrary } from "./indexing/watch.ts";
import { activityStream, createActivityAnalyser } from "./ingest/activity/analyser.ts";
import { openAudioExtractor } from "./ingest/audio.ts";
import { openDocumentExtractor, renderPage } from "./ingest/document.ts";
import type { Extractor } from "./ingest/extractor.ts";
import { exportClip } from "./ingest/ffmpeg/export-clip.ts";
import { readFramesAt, readFramesBetween } from "./ingest/ffmpeg/frame-reader.ts";
import { probeMedia } from "./ingest/ffmpeg/probe.ts";
import { openImageExtractor, readImage } from "./ingest/image.ts";
import { joinPictureSources } from "./ingest/media-pictures.ts";
import { openTesseract } from "./ingest/ocr/tesseract.ts";
import { readText, rereadByVote } from "./ingest/ocr/vote.ts";
import { openVideoExtractor } from "./ingest/video.ts";
import { type Library, openLibrary } from "./library.ts";
import type { MediaKind } from "./media/media-item.ts";
import type { Pixels } from "./media/pixels.ts";
import { encoderFolder } from "./models/encoder-folder.ts";
import { once } from "./once.ts";
import { hasIndex } from "./store/index-place.ts";
import { openLanceStore } from "./store/lance.ts";
import type { Space } from "./store/lance-schema.ts";
import type { StoreCounts } from "./store/media-store.ts";
import { stoppable, untilStopped } from "./store/stoppable.ts";
import { savePicture } from "./tools/save-picture.ts";

export type { Diagnosis } from "./diagnose.ts";

export interface IndexRequest {
  /** Absolute files and folders; none means all that were ever given. */
  readonly roots: readonly string[];
  readonly watch?: boolean;
  readonly wait?: boolean;
  readonly dryRun?: boolean;
}

export interface LibraryState extends Pick<LibraryRecord, "roots" | "failures"> {
  readonly counts: StoreCounts | undefined;
}

/** Sightline, put together for one configuration. Parts open when they are first needed. */
export interface App extends AsyncDisposable {
  index(request: IndexRequest, signal: AbortSignal): AsyncGenerator<IndexEvent, void, undefined>;
  /**
   * Takes files and folders out of the library, whatever encoder they were indexed with, and touches none of the files.
   * Throws `Failure`: `busy` while it is being indexed, `not-found` for a path that it does not hold.
   */
  forget(request: ForgetRequest, signal: AbortSignal): Promise<Forgotten>;
  /** Captions of what is indexed. Throws `Failure` when nothing here can see. */
  openCaptions(): Promise<Caption>;
  /** The roots ever given, the files that could not be read, and what the index holds (undefined: nothing yet). */
  state(): Promise<LibraryState>;
  /** Every folder and file ever given to `index`; opens nothing. */
  roots(): Promise<readonly string[]>;
  recordFeedback(feedback: Feedback): Promise<void>;
  /**
   * `under`: only this file, or files below this folder. `searchOnly`: no language model is loaded, the built-in
   * responder stands in. Throws `Failure` when nothing is indexed yet.
   */
  openLibrary(scope?: { readonly under?: string; readonly searchOnly?: boolean }): Promise<Library>;
}

export interface GivenParts {
  /** Instead of the model that the settings call for; the app disposes of it. */
  readonly chatModel?: () => Promise<ChatModel>;
}

export function openApp(config: Config, given: GivenParts = {}): App {
  const ocr = openTesseract();
  const encoder = once(() => openEncoder(config));
  const store = once(async () => openLanceStore(indexPlace(config), await encoder()));
  const openSpace = (space: Space) => openLanceStore(indexPlace(config), space);
  /** What a kill left half forgotten. */
  const endForgetting = async (wait: boolean, signal: AbortSignal) => {
    if (await isForgetting(config)) await forget(config, openSpace, { paths: [], wait }, signal);
  };
  const record = libraryReader(config.library);
  const model = once(given.chatModel ?? (() => openChatModel(config)));
  const eyes = once(async () => openEyes(config, await model()));
  const read = (pixels: Pixels, signal: AbortSignal) => readText(ocr, pixels, signal);
  return {
    async *index({ watch, ...request }, signal) {
      if (!request.dryRun) await endForgetting(request.wait ?? watch ?? false, signal);
      const open = await untilStopped(store, signal);
      const options: IndexOptions = {
        ...request,
        // On a disk a write takes no time, and is waited for.
        store: config.index === undefined ? open : stoppable(open, signal),
        encoder: await encoder(),
        extractors: openExtractors(config, read),
        libraryDirectory: config.library,
        ...(config.index === undefined ? {} : { sharedIndex: config.index }),
      };
      const events = watch ? watchLibrary(options, signal) : indexLibrary(options, signal);
      for await (const event of events) {
        if (event.type === "index-end" && !request.dryRun) await writeOverview(config.library, options.store);
        yield event;
      }
    },
    forget: (request, signal) => forget(config, openSpace, request, signal),
    openCaptions: async () =>
      openCaptions((await eyes()).eyes ?? (await model()), {
        store: seenFromHere(config, await store()),
        pictures: readers(config).pictures,
        libraryDirectory: config.library,
        savePicture,
      }),
    state: async () => {
      const { roots, failures } = await record();
      const indexed = await hasIndex(indexPlace(config));
      return { roots, failures, counts: indexed ? await (await store()).counts() : undefined };
    },
    roots: async () => (await record()).roots,
    recordFeedback: (feedback) => recordFeedback(config.library, feedback),
    openLibrary: async ({ under, searchOnly = false } = {}) => {
      const whole = await openIndexed(config, store);
      return openLibrary({
        ...readers(config),
        store: under === undefined ? whole : await narrowed(whole, under),
        encoder: await encoder(),
        model: searchOnly ? openBuiltinResponder() : await model(),
        ...(searchOnly ? {} : await eyes()),
        reread: (pixels, options, signal) => rereadByVote(ocr, pixels, options, signal),
        readText: async (pixels, signal) => (await read(pixels, signal)).text,
        unreadable: async (filter) => countFailures((await record()).failures, filter, under),
        exportFolder: path.join(config.library, "exports"),
        scratchFolder: path.join(config.library, "scratch"),
        savePicture,
      });
    },
    [Symbol.asyncDispose]: async () => {
      await ocr[Symbol.asyncDispose]();
      for (const part of [eyes, model, store, encoder]) await part.close();
    },
  };
}

/** What is installed, what is missing and how to get it, from the parts that this configuration would use. */
export async function diagnose(config: Config, signal: AbortSignal): Promise<readonly Diagnosis[]> {
  await using ocr = openTesseract();
  const encoder = once(() => openEncoder(config));
  const counts = async () => {
    if (!(await hasIndex(indexPlace(config)))) return undefined;
    await using store = await openLanceStore(indexPlace(config), await encoder());
    return await store.counts();
  };
  const model = async () => {
    await using opened = await openChatModel(config);
    return opened;
  };
  try {
    return await diagnoseParts(config, { encoder, ocr, counts, model }, signal);
  } finally {
    await encoder.close();
  }
}

/** The one that the settings name, or the built-in one, which is too small for anything but the processor. */
async function openEncoder({ encoder, models, encoderDevice }: Config): Promise<Encoder> {
  const folder = await encoderFolder(encoder, models);
  if (folder === undefined) return openOnnxEncoder(builtinEncoderFolder(), { device: "cpu" });
  // Two files are at work at once.
  const threads = Math.max(1, Math.floor(os.availableParallelism() / 2));
  return openOnnxEncoder(folder, { device: encoderDevice ?? "auto", threads });
}

function openExtractors(
  config: Config,
  read: (pixels: Pixels, signal: AbortSignal) => ReturnType<typeof readText>,
): ReadonlyMap<MediaKind, Extractor> {
  const tools = ffmpegTools(config);
  const all = [
    openVideoExtractor({ readText: read, createActivityAnalyser, activityStream, tools }),
    openImageExtractor({ readText: read }),
    openDocumentExtractor({ readText: read }),
    openAudioExtractor({ tools }),
  ];
  return new Map(all.map((extractor) => [extractor.kind, extractor]));
}

function readers(config: Config) {
  const tools = ffmpegTools(config);
  return {
    pictures: joinPictureSources({
      framesAt: (file, timesMs, signal, options) =>
        readFramesAt(file, timesMs, signal, { ...options, tools }),
      framesBetween: (file, range, signal, options) =>
        readFramesBetween(file, range, signal, { ...options, tools }),
      image: readImage,
      page: renderPage,
    }),
    readImage: (file: string, signal: AbortSignal) => readImage(file, {}, signal),
    probeVideo: async (file: string, signal: AbortSignal) => (await probeMedia(file, signal, tools)).facts,
    exportClip: (file: string, startMs: number, endMs: number, out: string, signal: AbortSignal) =>
      exportClip(file, startMs, endMs, out, signal, { tools }),
  };
}

function ffmpegTools({ ffmpeg, ffprobe }: Config) {
  return { ...(ffmpeg ? { ffmpeg } : {}), ...(ffprobe ? { ffprobe } : {}) };
}

/** The committed files lie beside `src/` in a checkout, and two folders above the compiled file in `dist/`. */
export function builtinEncoderFolder(): string {
  const above = import.meta.url.endsWith(".ts") ? "../" : "../../";
  return fileURLToPath(new URL(`${above}assets/encoder/`, import.meta.url));
}
