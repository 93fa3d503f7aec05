import { Hono } from "hono";
import type { z } from "zod";
import type { Content } from "../encoder/encoder.ts";
import { embeddingAnswer } from "./answer-schemas.ts";
import { invalid } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { readBody } from "./read-body.ts";
import { bodyOf, describeApi } from "./route-docs.ts";
import { embeddingForm, embeddingsBody } from "./schemas.ts";
import { bytesOfDataUrl, keepUpload } from "./uploads.ts";

type Input = Extract<z.output<typeof embeddingsBody>["input"], unknown[]>[number];

/** `POST /embeddings`: a form with `text`, `image` or both → `{"embedding": […]}`, of unit length. */
export function embeddingRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Embed a text, a picture, or both",
      answer: embeddingAnswer,
      requestBody: bodyOf(embeddingForm, ["image"]),
    }),
    async (context) => {
      const { fields, files } = await readBody(context, embeddingForm);
      const image = files.get("image");
      const bytes = image ? new Uint8Array(await image.arrayBuffer()) : undefined;
      if (!fields.text && !bytes) throw invalid("Nothing to embed.", "Send `text`, `image` or both.");
      const contents = await contentsOf(http, fields.text, bytes, context.req.raw.signal);
      const [embedding] = await embed(http, [contents], context.req.raw.signal);
      return context.json({ embedding: [...embedding!] });
    },
  );
}

/** `POST /v1/embeddings`, as the OpenAI client calls it: floats, or base64 of little-endian 32-bit floats. */
export function openaiEmbeddingRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({ summary: "Embeddings in OpenAI's form", requestBody: bodyOf(embeddingsBody) }),
    async (context) => {
      const { signal } = context.req.raw;
      const { fields } = await readBody(context, embeddingsBody);
      const inputs = Array.isArray(fields.input) ? fields.input : [fields.input];
      const { encoder } = await http.library();
      if (fields.dimensions !== undefined && fields.dimensions !== encoder.dimensions)
        throw invalid(`This encoder has ${encoder.dimensions} dimensions.`, "Leave `dimensions` out.");
      const contents: Content[][] = [];
      for (const input of inputs) contents.push(await inputContents(http, input, signal));
      const vectors = await embed(http, contents, signal);
      const data = vectors.map((vector, index) => ({
        object: "embedding",
        index,
        embedding: fields.encoding_format === "base64" ? base64Of(vector) : [...vector],
      }));
      const tokens = inputs.reduce(
        (sum, input) => sum + (typeof input === "string" ? Math.ceil(input.length / 4) : 1),
        0,
      );
      return context.json({
        object: "list",
        data,
        model: encoder.space,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      });
    },
  );
}

function inputContents(http: HttpContext, input: Input, signal: AbortSignal): Promise<Content[]> {
  if (typeof input === "string")
    return input.startsWith("data:")
      ? contentsOf(http, undefined, bytesOfDataUrl(input), signal)
      : contentsOf(http, input, undefined, signal);
  const { text, image } = input;
  if (!text && !image) throw invalid("An input is empty.", "Give it `text`, `image` or both.");
  return contentsOf(http, text, image === undefined ? undefined : bytesOfDataUrl(image), signal);
}

async function contentsOf(
  http: HttpContext,
  text: string | undefined,
  image: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<Content[]> {
  const contents: Content[] = text ? [{ kind: "text", text }] : [];
  if (!image) return contents;
  const pixels = await http.withUploads(async (folder) => {
    const file = await keepUpload(image, "image", folder);
    return (await http.library()).readImage(file, signal);
  });
  return [...contents, { kind: "image", pixels }];
}

/** One vector an input: the mean of its parts, brought to unit length; zeros stay zeros. */
async function embed(http: HttpContext, inputs: readonly (readonly Content[])[], signal: AbortSignal) {
  const { encoder } = await http.library();
  const vectors = await http.short.run(() => encoder.encode(inputs.flat(), signal), signal);
  let at = 0;
  return inputs.map((contents) => {
    const sum = new Float32Array(encoder.dimensions);
    for (const vector of vectors.slice(at, at + contents.length))
      for (const [n, value] of vector.entries()) sum[n] = sum[n]! + value;
    at += contents.length;
    const length = Math.hypot(...sum);
    return length === 0 ? sum : sum.map((value) => value / length);
  });
}

function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [n, value] of vector.entries()) bytes.writeFloatLE(value, n * 4);
  return bytes.toString("base64");
}
