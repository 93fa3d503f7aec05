/** A decoded picture: 8-bit sRGB, interleaved RGB, row by row; `data.length === width * height * 3`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture of a video with its presentation time, less the video's start time. */
export interface Frame {
  readonly timeMs: number;
  readonly pixels: Pixels;
}
