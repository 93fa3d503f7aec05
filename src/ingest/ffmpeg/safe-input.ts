import path from "node:path";

/** Containers that hold their media themselves. Playlists, concat lists, picture sequences and manifests are not among them. */
const containers = [
  "aac",
  "ac3",
  "aiff",
  "amr",
  "ape",
  "asf",
  "avi",
  "caf",
  "dv",
  "eac3",
  "flac",
  "flv",
  "h264",
  "hevc",
  "ivf",
  "m4v",
  "matroska",
  "mov",
  "mp3",
  "mpeg",
  "mpegts",
  "mpegvideo",
  "mxf",
  "nut",
  "ogg",
  "rm",
  "swf",
  "tta",
  "w64",
  "wav",
  "webm",
  "wv",
] as const;

/** An absolute `file:` name: no character of it can become an option, a protocol or a pattern. */
export function fileArgument(file: string): string {
  return `file:${path.resolve(file)}`;
}

/**
 * What goes before `-i` for a file that nobody vouches for: only the file itself is read (no network, no other
 * file), and only by a demuxer of a self-contained format.
 */
export const untrustedOptions: readonly string[] = [
  "-protocol_whitelist",
  "file,pipe",
  "-format_whitelist",
  containers.join(","),
];
