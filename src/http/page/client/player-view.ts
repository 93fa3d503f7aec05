import { mediaAddress, stillAddress } from "./api.ts";
import type { ItemDetail } from "./api-types.ts";
import { el } from "./dom.ts";
import { say } from "./say.ts";

export interface Player {
  readonly element: HTMLElement;
  readonly currentMs: number;
  seek(ms: number, play: boolean): void;
  toggle(): void;
  /** Stops the sound and lets go of the file. */
  release(): void;
}

/** A video or a sound that plays from a moment; where the browser cannot decode it, exact pictures are shown instead. */
export function openPlayer(item: ItemDetail, onTime: (ms: number) => void): Player {
  const media =
    item.kind === "audio"
      ? el("audio", { controls: true, preload: "metadata" })
      : el("video", { controls: true, playsinline: true, preload: "metadata" });
  media.setAttribute("aria-label", item.name);
  const still = el("img", { class: "still-frame", alt: "", hidden: true });
  const note = el("p", { class: "quiet-text", hidden: true }, say.viewer.cannotPlay);
  let wantedMs = 0;
  let ready = false;

  media.addEventListener("loadedmetadata", () => {
    ready = true;
    media.currentTime = wantedMs / 1000;
  });
  for (const event of ["timeupdate", "seeking"]) {
    media.addEventListener(event, () => onTime(media.currentTime * 1000));
  }
  media.addEventListener("error", () => {
    if (!media.hasAttribute("src")) return;
    media.hidden = true;
    note.hidden = false;
    still.hidden = item.kind !== "video";
    showStill();
  });
  const showStill = () => {
    if (still.hidden) return;
    still.src = stillAddress("video", item.id, { startMs: wantedMs }, 960) ?? "";
    still.alt = say.viewer.pictureAlt(item.name, "");
    onTime(wantedMs);
  };
  media.src = mediaAddress(item.id, "/content");
  return {
    element: el("div", { class: `player ${item.kind}` }, media, still, note),
    get currentMs() {
      return ready ? Math.round(media.currentTime * 1000) : wantedMs;
    },
    seek: (ms, play) => {
      wantedMs = ms;
      if (ready) media.currentTime = ms / 1000;
      showStill();
      if (play && still.hidden) void media.play().catch(() => undefined);
    },
    toggle: () => {
      if (media.paused) void media.play().catch(() => undefined);
      else media.pause();
    },
    release: () => {
      media.pause();
      media.removeAttribute("src");
      media.load();
    },
  };
}
