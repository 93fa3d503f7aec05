/** A picture or a stretch of a video that a person put beside a question. Paths are absolute. */
export type { AttachedMedia as Attachment } from "../tools/tool.ts";
