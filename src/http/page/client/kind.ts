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
