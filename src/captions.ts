import path from "node:path";
import type { ChatModel } from "./chat/chat-model.ts";
import { describePicture } from "./chat/describe-picture.ts";
import {
  type CaptionEvent,
  type CaptionOptions,
  captionLibrary,
  type DescribePicture,
} from "./indexing/caption-library.ts";
import { Failure } from "./media/failure.ts";
import type { Pixels } from "./media/pixels.ts";
import { languageOfLocale } from "./messages/messages.ts";
import { recommendedChatModel } from "./models/catalogue.ts";

export type CaptionRequest = Pick<CaptionOptions, "roots" | "wait" | "dryRun">;
export type Caption = (
  request: CaptionRequest,
  signal: AbortSignal,
) => AsyncGenerator<CaptionEvent, void, undefined>;

interface CaptionParts extends Pick<CaptionOptions, "store" | "pictures" | "libraryDirectory"> {
  readonly savePicture: (pixels: Pixels, path: string) => Promise<void>;
}

/** Captions of a library by whatever sees, in the language of the locale. Throws `Failure` where it does not see. */
export function openCaptions(eyes: ChatModel, { savePicture, ...parts }: CaptionParts): Caption {
  if (!eyes.accepts.has("image")) throw blind(eyes);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const language = languageOfLocale(LC_ALL || LC_MESSAGES || LANG);
  const scratchFolder = path.join(parts.libraryDirectory, "scratch");
  const describe: DescribePicture = (pixels, signal) =>
    describePicture({ model: eyes, language, scratchFolder, savePicture }, pixels, signal);
  return (request, signal) => captionLibrary({ ...request, ...parts, describe }, signal);
}

function blind({ name }: ChatModel): Failure {
  return new Failure({
    code: "unavailable",
    message: `Captions need a model that sees pictures, and this one does not: ${name}.`,
    remedy: `Get one: sightline models pull ${recommendedChatModel}; or name a server with one: --model server --server-url URL`,
  });
}
