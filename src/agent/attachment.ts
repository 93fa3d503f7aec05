export type { Attachment } from "../media/attachment.ts";
