import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Library } from "../library.ts";
import type { Attachment } from "../media/attachment.ts";
import { toldOf } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { eventJson } from "./json-shapes.ts";
import { readBody } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { askBody } from "./schemas.ts";
import { keepClip, keepUpload } from "./uploads.ts";

type AskFields = Awaited<ReturnType<typeof readBody<typeof askBody>>>;

/** `POST /ask`: the run's events as server-sent events; closing the connection stops the work. */
export function askRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Ask; answers with a stream of events, `conversation` first, `run-end` last",
      type: "text/event-stream",
      requestBody: bodyOf(askBody, ["image", "clip"]),
    }),
    async (context) => {
      const body = await readBody(context, askBody);
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
      return streamSSE(context, async (stream) => {
        const stop = new AbortController();
        stream.onAbort(() => stop.abort());
        const tell = (event: { readonly type: string }) =>
          stream.writeSSE({ event: event.type, data: JSON.stringify(event) });
        try {
          await tell({ type: "conversation", id: held.id } as { type: string });
          await http.long.run(async () => {
            const { question, thinking } = body.fields;
            const run = library.ask(question, held.conversation, { thinking, attachments }, stop.signal);
            for await (const event of run) await tell(eventJson(event));
          }, stop.signal);
        } catch (error) {
          if (!stop.signal.aborted) await tell(failedRun(http, error));
        } finally {
          http.conversations.release(held);
          await uploads[Symbol.asyncDispose]();
        }
      });
    },
  );
}

/** Errors inside a stream reach nobody else: they become its last event. */
export function failedRun(http: Pick<HttpContext, "report">, error: unknown) {
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
