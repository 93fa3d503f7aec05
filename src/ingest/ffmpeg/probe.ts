import { z } from "zod";
import { Failure } from "../../media/failure.ts";
import type { MediaFacts } from "../../media/media-item.ts";
import { type ConfiguredTools, findTool } from "./binary.ts";
import { printable } from "./error-lines.ts";
import { displaySize, parseRate, readIso6709, readTakenAt, type Tags } from "./probe-tags.ts";
import { collectRun } from "./run.ts";
import { fileArgument, untrustedOptions } from "./safe-input.ts";

export interface VideoStream {
  /** Its number in the container, for `-map 0:N`. */
  readonly index: number;
  readonly codec: string;
  /** As displayed: rotated, square pixels. */
  readonly width: number;
  readonly height: number;
  /** Average; undefined where the container does not say. */
  readonly framesPerSecond?: number;
  readonly durationMs?: number;
}

export interface SubtitleStream {
  readonly index: number;
  readonly codec: string;
  readonly language?: string;
}

export interface Chapter {
  readonly startMs: number;
  readonly endMs: number;
  readonly title: string;
}

export interface MediaProbe {
  readonly facts: MediaFacts;
  /** The stream with the moving pictures; cover art is none. */
  readonly video?: VideoStream;
  readonly audioCodec?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly comment?: string;
  readonly subtitles: readonly SubtitleStream[];
  readonly chapters: readonly Chapter[];
}

const tags = z.record(z.string(), z.string()).default({});
const numberText = z.coerce.number().optional().catch(undefined);

const streamShape = z.object({
  index: z.int(),
  codec_type: z.string().default(""),
  codec_name: z.string().default("unknown"),
  width: z.number().default(0),
  height: z.number().default(0),
  sample_aspect_ratio: z.string().default("1:1"),
  avg_frame_rate: z.string().default("0/0"),
  r_frame_rate: z.string().default("0/0"),
  duration: numberText,
  disposition: z.record(z.string(), z.number()).default({}),
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).default([]),
  tags,
});

const probeShape = z.object({
  streams: z.array(streamShape).default([]),
  chapters: z
    .array(z.object({ start_time: z.coerce.number(), end_time: z.coerce.number(), tags }))
    .default([]),
  format: z.object({ start_time: numberText, duration: numberText, tags }),
});

type Probed = z.output<typeof probeShape>;

/** Reads the headers of a video or audio file; decodes nothing. Throws `Failure` for a file that is neither. */
export async function probeMedia(
  file: string,
  signal: AbortSignal,
  tools: ConfiguredTools = {},
): Promise<MediaProbe> {
  const tool = await findTool("ffprobe", tools);
  const args = ["-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters"];
  const output = await collectRun(
    { tool, args: [...args, ...untrustedOptions, "-i", fileArgument(file)], about: file, signal },
    32 * 1024 * 1024,
  );
  const parsed = probeShape.parse(JSON.parse(output.toString("utf8")));
  const probe = toProbe(parsed);
  if (probe.video === undefined && probe.audioCodec === undefined && probe.subtitles.length === 0) {
    throw new Failure({
      code: "corrupt",
      message: `${printable(file)} holds neither pictures that move nor sound.`,
      remedy: "Copy it again from its source, and check that it plays there.",
    });
  }
  return probe;
}

function toProbe(parsed: Probed): MediaProbe {
  const { streams, format } = parsed;
  const stream = streams.find(isMovingPicture);
  const video = stream === undefined ? undefined : toVideoStream(stream);
  const audio = streams.find(({ codec_type }) => codec_type === "audio");
  const all: Tags = { ...stream?.tags, ...audio?.tags, ...format.tags };
  const startMs = (format.start_time ?? 0) * 1000;
  return {
    facts: toFacts(format.duration, video, audio !== undefined, all),
    ...(video && { video }),
    ...(audio && { audioCodec: audio.codec_name }),
    ...spread("artist", text(all, "artist")),
    ...spread("album", text(all, "album")),
    ...spread("comment", text(all, "comment", "description")),
    subtitles: streams
      .filter(({ codec_type }) => codec_type === "subtitle")
      .map(({ index, codec_name, tags: own }) => ({
        index,
        codec: codec_name,
        ...spread("language", text(own, "language")),
      })),
    chapters: parsed.chapters.map((chapter) => ({
      startMs: Math.max(0, Math.round(chapter.start_time * 1000 - startMs)),
      endMs: Math.max(0, Math.round(chapter.end_time * 1000 - startMs)),
      title: text(chapter.tags, "title") ?? "",
    })),
  };
}

function isMovingPicture(stream: Probed["streams"][number]): boolean {
  const cover = stream.disposition.attached_pic === 1 || stream.disposition.timed_thumbnails === 1;
  return stream.codec_type === "video" && !cover && stream.width > 0 && stream.height > 0;
}

function toVideoStream(stream: Probed["streams"][number]): VideoStream {
  const rotation =
    stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ??
    Number(stream.tags.rotate ?? 0);
  const framesPerSecond = parseRate(stream.avg_frame_rate) ?? parseRate(stream.r_frame_rate);
  return {
    index: stream.index,
    codec: stream.codec_name,
    ...displaySize(stream.width, stream.height, stream.sample_aspect_ratio, rotation),
    ...spread("framesPerSecond", framesPerSecond),
    ...spread("durationMs", milliseconds(stream.duration)),
  };
}

function toFacts(
  seconds: number | undefined,
  video: VideoStream | undefined,
  hasAudio: boolean,
  all: Tags,
): MediaFacts {
  const camera = [
    text(all, "com.apple.quicktime.make", "com.android.manufacturer", "make"),
    text(all, "com.apple.quicktime.model", "com.android.model", "model"),
  ].filter((part) => part !== undefined);
  return {
    ...spread("durationMs", milliseconds(seconds) ?? video?.durationMs),
    ...(video && { width: video.width, height: video.height, codec: video.codec }),
    ...spread("framesPerSecond", video?.framesPerSecond),
    ...spread("takenAt", readTakenAt(all)),
    ...spread("camera", camera.length > 0 ? camera.join(" ") : undefined),
    ...spread(
      "place",
      readIso6709(text(all, "com.apple.quicktime.location.iso6709", "location", "location-eng")),
    ),
    ...spread("title", text(all, "title")),
    hasAudio,
  };
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds !== undefined && Number.isFinite(seconds) && seconds > 0
    ? Math.round(seconds * 1000)
    : undefined;
}

function text(of: Tags, ...names: readonly string[]): string | undefined {
  const lower = new Map(Object.entries(of).map(([key, value = ""]) => [key.toLowerCase(), printable(value)]));
  return names.map((name) => lower.get(name)).find((value) => value !== undefined && value !== "");
}

function spread<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
