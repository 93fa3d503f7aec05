import { Hono } from "hono";
import type { z } from "zod";
import type { Library } from "../library.ts";
import type { Attachment } from "../media/attachment.ts";
import type { Told } from "./answer-schemas.ts";
import { askEvent } from "./ask-answers.ts";
import { eventStream } from "./event-stream.ts";
import { toldOf } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { eventJson } from "./json-shapes.ts";
import { type ReadBody, takesBody } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { askBody } from "./schemas.ts";
import { keepClip, keepUpload } from "./uploads.ts";

type AskFields = ReadBody<z.output<typeof askBody>>;

/** `POST /ask`: the run's events as server-sent events; closing the connection stops the work. */
export function askRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Ask; answers with a stream of events, `conversation` first, `run-end` last",
      events: askEvent,
      requestBody: bodyOf(askBody, ["image", "clip"]),
      refuses: [400, 404, 413, 422, 429],
    }),
    takesBody(askBody, ["image", "clip"]),
    async (context) => {
      const { body } = context.var;
      const library = await http.library(body.fields.in);
      // What can be refused is refused before the stream begins, with the status that says so.
      http.long.refuseWhenFull();
      const { attachments, uploads } = await keepAttachments(http, body, library, context.req.raw.signal);
      const held = await http.conversations
        .take(body.fields.conversation, library.startConversation)
        .catch(async (error: unknown) => {
          await uploads[Symbol.asyncDispose]();
          throw error;
        });
      return eventStream(context, http, async ({ send, signal }) => {
        const tell = (event: Told<typeof askEvent>) => send(JSON.stringify(event), event.type);
        try {
          await tell({ type: "conversation", id: held.id });
          await http.long.run(async () => {
            const { question, thinking } = body.fields;
            const run = library.ask(question, held.conversation, { thinking, attachments }, signal);
            for await (const event of run) await tell(eventJson(event));
          }, signal);
        } catch (error) {
          if (!signal.aborted) await tell(failedRun(http, error));
        } finally {
          http.conversations.release(held);
          await uploads[Symbol.asyncDispose]();
        }
      });
    },
  );
}

/** Errors inside a stream reach nobody else: they become its last event. */
export function failedRun(http: Pick<HttpContext, "report">, error: unknown): Told<typeof askEvent> {
  const failure = toldOf(error, http.report);
  return { type: "run-end", reason: "failed", answer: "", citations: [], warnings: [], failure };
}

/** The files of the question, in a folder that lives until it is answered. */
async function keepAttachments(http: HttpContext, body: AskFields, library: Library, signal: AbortSignal) {
  const uploads = await http.openUploads();
  try {
    return { uploads, attachments: await attachmentsOf(body, uploads.folder, library, signal) };
  } catch (error) {
    await uploads[Symbol.asyncDispose]();
    throw error;
  }
}

async function attachmentsOf(
  { files }: AskFields,
  folder: string,
  library: Library,
  signal: AbortSignal,
): Promise<readonly Attachment[]> {
  const [image, clip] = [files.get("image"), files.get("clip")];
  const bytes = async (file: File) => new Uint8Array(await file.arrayBuffer());
  const attachments: Attachment[] = [];
  if (image) attachments.push({ kind: "image", path: await keepUpload(await bytes(image), "image", folder) });
  if (clip) attachments.push(await keepClip(await bytes(clip), folder, library, signal));
  return attachments;
}
