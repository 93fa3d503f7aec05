import { stillAddress } from "./api.ts";
import type { ItemDetail } from "./api-types.ts";
import { el } from "./dom.ts";
import { say } from "./say.ts";

/** A picture, whole, with the text that was read in it. */
export function pictureView(item: ItemDetail): HTMLElement {
  const read = item.segments.filter(({ source, text }) => source === "ocr" && text?.trim());
  const picture = el("img", {
    class: "whole-picture",
    src: stillAddress("image", item.id, {}, 1600),
    alt: say.viewer.pictureAlt(item.name, ""),
    width: item.width,
    height: item.height,
  });
  const text = el("div", { class: "page-text" }, ...read.map(({ text = "" }) => el("p", {}, text)));
  return el("div", { class: "picture" }, picture, read.length > 0 && text);
}
