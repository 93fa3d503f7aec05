import { isPicture } from "./api.ts";
import { el, icon } from "./dom.ts";
import { say } from "./say.ts";

/** A picture or a clip that comes with words: small, with its name. */
export function attachmentView(file: File): readonly Node[] {
  const label = isPicture(file) ? say.box.pictureOf(file.name) : say.box.clipOf(file.name);
  const shown = isPicture(file) ? el("img", { src: URL.createObjectURL(file), alt: "" }) : icon("video");
  return [shown, el("span", { class: "file-name", title: label }, label)];
}

/** Gives back the memory that the preview holds. */
export function releaseAttachment(place: HTMLElement): void {
  for (const preview of place.querySelectorAll("img")) URL.revokeObjectURL(preview.src);
}
