import type { Frame } from "../../media/pixels.ts";
import { type ConfiguredTools, findTool, keepTimesOption } from "./binary.ts";
import { decodeFailure } from "./error-lines.ts";
import { startRun } from "./run.ts";
import { fileArgument, untrustedOptions } from "./safe-input.ts";

export interface FramesRequest {
  readonly file: string;
  /** Number of the stream in its container. */
  readonly stream: number;
  /** ffmpeg's `select` expression, with `t` in seconds from the start of the file. */
  readonly select: string;
  /** Size of the pictures that come out. */
  readonly width: number;
  readonly height: number;
  /** Decoding starts at the keyframe before this time; at the beginning if left out. */
  readonly seekMs?: number;
  /** Filters between `select` and the scaling. */
  readonly prepare?: readonly string[];
  readonly signal: AbortSignal;
  readonly stallMs?: number;
  readonly tools?: ConfiguredTools;
}

/** How a decode ended: what ffmpeg complained about, "" when it was content. */
export interface DecodeEnd {
  readonly complaints: string;
}

/**
 * Decodes the chosen frames, each with the presentation time that the container gives it, less the start time.
 *
 * The pictures come through the output pipe, their times through `showinfo` on the message pipe; the n-th belongs to
 * the n-th. Times are read as whole microseconds (`settb`), because `showinfo` prints seconds with six digits only.
 * At most one picture is held. Throws `Failure` when not one frame can be decoded; a file that breaks off later
 * ends early, with complaints.
 */
export async function* decodeFrames(request: FramesRequest): AsyncGenerator<Frame, DecodeEnd> {
  const { file, width, height, signal, stallMs } = request;
  const tool = await findTool("ffmpeg", request.tools);
  const times = new TimeQueue();
  const run = startRun({
    tool,
    args: argumentsFor(request, keepTimesOption(tool)),
    about: file,
    signal,
    ...(stallMs !== undefined && { stallMs }),
    onLine: (line) => times.hear(line),
    onLinesEnd: () => times.end(),
  });
  let count = 0;
  for await (const data of inPieces(run.chunks(), width * height * 3)) {
    const timeMs = await times.next();
    if (timeMs === undefined) continue;
    count += 1;
    yield { timeMs, pixels: { width, height, data } };
  }
  if (count === 0 && !run.succeeded()) throw decodeFailure(file, run.lastLines());
  return { complaints: run.lastLines() };
}

function argumentsFor(request: FramesRequest, keepTimes: readonly string[]): string[] {
  const { file, stream, select, width, height, seekMs, prepare = [] } = request;
  const filters = [
    `select='${select}'`,
    ...prepare,
    `scale=${width}:${height}`,
    "format=rgb24",
    "settb=1/1000000",
    "showinfo",
  ];
  return [
    ..."-nostdin -hide_banner -nostats -loglevel level+info -copyts -start_at_zero".split(" "),
    ...(seekMs === undefined ? [] : ["-noaccurate_seek", "-ss", (seekMs / 1000).toFixed(3)]),
    ...untrustedOptions,
    ...["-i", fileArgument(file), "-map", `0:${stream}`, "-an", "-sn", "-dn", ...keepTimes],
    ...["-vf", filters.join(","), "-f", "rawvideo", "-pix_fmt", "rgb24", "-flush_packets", "1", "pipe:1"],
  ];
}

/** The times that `showinfo` writes. The line may come later than its picture: the two pipes know no order. */
class TimeQueue {
  readonly #times: (number | undefined)[] = [];
  #wake: (() => void) | undefined;
  #ended = false;

  /** True when the line was showinfo's. A tag in the file cannot pass for one: ffmpeg indents what it quotes. */
  hear(line: string): boolean {
    if (!/^\[Parsed_showinfo_\d+ @ /.test(line)) return false;
    const microseconds = /\] n: *\d+ pts: *(-?\d+|NOPTS) /.exec(line)?.[1];
    if (microseconds !== undefined) {
      this.#times.push(microseconds === "NOPTS" ? undefined : Math.round(Number(microseconds) / 1000));
      this.#wake?.();
    }
    return true;
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** Undefined for a picture that has no time. */
  async next(): Promise<number | undefined> {
    while (this.#times.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#times.shift();
  }
}

/** Cuts a stream of bytes into pieces of one size; an incomplete last piece is dropped. */
async function* inPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    let offset = 0;
    while (offset < chunk.length) {
      const taken = Math.min(size - filled, chunk.length - offset);
      piece.set(chunk.subarray(offset, offset + taken), filled);
      filled += taken;
      offset += taken;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
}
