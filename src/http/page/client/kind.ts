import type { IconName } from "./icon-paths.ts";

const icons: Readonly<Record<string, IconName>> = {
  video: "video",
  image: "picture",
  audio: "audio",
  document: "document",
};

export function iconOfKind(kind: string): IconName {
  return icons[kind] ?? "document";
}

/** A PDF has pages that can be shown as pictures; any other document is shown as its text. */
export function hasPagePictures(name: string): boolean {
  return /\.pdf$/i.test(name);
}
