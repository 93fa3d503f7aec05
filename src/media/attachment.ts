/** A picture or a stretch of a video that a person put beside a question. Paths are absolute. */
export type Attachment =
  | { readonly kind: "image"; readonly path: string }
  | { readonly kind: "clip"; readonly path: string; readonly startMs: number; readonly endMs: number };
