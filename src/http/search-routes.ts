import { Hono } from "hono";
import type { z } from "zod";
import type { FindRequest } from "../library.ts";
import { formatClipReference } from "../retrieval/clip-reference.ts";
import { searchAnswer, type Told } from "./answer-schemas.ts";
import { invalid } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { hitJson } from "./json-shapes.ts";
import { type ReadBody, takesBody } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { searchBody } from "./schemas.ts";
import { keepClip, keepUpload, refuseLongClip } from "./uploads.ts";
import { queryWordsOf } from "./why.ts";

type SearchFields = ReadBody<z.output<typeof searchBody>>;

/** `POST /search`: by words, by picture, by clip, or by words and picture together. */
export function searchRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Find moments",
      answer: searchAnswer,
      requestBody: bodyOf(searchBody, ["image", "clip"]),
      refuses: [400, 404, 413, 422, 429],
    }),
    takesBody(searchBody, ["image", "clip"]),
    async (context) => {
      const { body } = context.var;
      const { signal } = context.req.raw;
      const search = async (folder?: string) => {
        const request = await requestOf(http, body, folder, signal);
        const library = await http.library(body.fields.in);
        return http.short.run(() => library.find(request, signal), signal);
      };
      // A folder for nothing would cost as much as a search by words.
      const { findings, coverage } = await (body.files.size > 0 ? http.withUploads(search) : search());
      const words = queryWordsOf(body.fields.text);
      return context.json<Told<typeof searchAnswer>>({
        hits: findings.map((finding) => hitJson(finding, words)),
        coverage,
      });
    },
  );
}

async function requestOf(
  http: HttpContext,
  { fields, files }: SearchFields,
  folder: string | undefined,
  signal: AbortSignal,
): Promise<FindRequest> {
  const { text, kind, limit, refine } = fields;
  const query = await queryPicture(http, { fields, files }, folder);
  const clip = await queryClip(http, { fields, files }, folder, signal);
  if (!text && !query && !clip) throw invalid("Nothing to search for.", "Send `text`, `image` or `clip`.");
  return {
    limit,
    refine,
    ...(text ? { text } : {}),
    ...(kind ? { kind } : {}),
    ...query,
    ...(clip ? { clip } : {}),
  };
}

async function queryPicture(
  http: HttpContext,
  { fields, files }: SearchFields,
  folder: string | undefined,
): Promise<Pick<FindRequest, "imageFile" | "imageAtMs"> | undefined> {
  const file = files.get("image");
  if (file && folder)
    return { imageFile: await keepUpload(new Uint8Array(await file.arrayBuffer()), "image", folder) };
  if (!fields.image) return undefined;
  const item = await http.item(fields.image.id);
  if (item.kind === "image") return { imageFile: item.path };
  if (item.kind === "video") return { imageFile: item.path, imageAtMs: fields.image.timeMs ?? 0 };
  throw invalid("Only an image or a frame of a video can be searched by.");
}

async function queryClip(
  http: HttpContext,
  { fields, files }: SearchFields,
  folder: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const file = files.get("clip");
  if (file && folder) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return formatClipReference(await keepClip(bytes, folder, await http.library(), signal));
  }
  if (!fields.clip) return undefined;
  const { id, startMs, endMs } = fields.clip;
  refuseLongClip(endMs - startMs);
  return formatClipReference({ path: (await http.item(id)).path, startMs, endMs });
}
