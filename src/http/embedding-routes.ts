import { Hono } from "hono";
import type { z } from "zod";
import { embeddingAnswer, type Told } from "./answer-schemas.ts";
import { invalid } from "./failure-response.ts";
import type { HttpContext } from "./http-context.ts";
import { embeddingsAnswer } from "./openai-answers.ts";
import { takesBody } from "./read-body.ts";
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
      refuses: [400, 404, 413, 429],
    }),
    takesBody(embeddingForm, ["image"]),
    async (context) => {
      const { fields, files } = context.var.body;
      const image = files.get("image");
      const bytes = image ? new Uint8Array(await image.arrayBuffer()) : undefined;
      if (!fields.text && !bytes) throw invalid("Nothing to embed.", "Send `text`, `image` or both.");
      const [embedding] = await embed(http, [{ text: fields.text, image: bytes }], context.req.raw.signal);
      return context.json<Told<typeof embeddingAnswer>>({ embedding: [...embedding!] });
    },
  );
}

/** `POST /v1/embeddings`, as the OpenAI client calls it: floats, or base64 of little-endian 32-bit floats. */
export function openaiEmbeddingRoutes(http: HttpContext) {
  return new Hono().post(
    "/",
    describeApi({
      summary: "Embeddings in OpenAI's form",
      answer: embeddingsAnswer,
      requestBody: bodyOf(embeddingsBody),
      refuses: [400, 404, 413, 429],
    }),
    takesBody(embeddingsBody),
    async (context) => {
      const { signal } = context.req.raw;
      const { fields } = context.var.body;
      const inputs = Array.isArray(fields.input) ? fields.input : [fields.input];
      const { encoder } = await http.library();
      if (fields.dimensions !== undefined && fields.dimensions !== encoder.dimensions)
        throw invalid(`This encoder has ${encoder.dimensions} dimensions.`, "Leave `dimensions` out.");
      const vectors = await embed(http, inputs.map(partsOf), signal);
      const data = vectors.map((vector, index) => ({
        object: "embedding" as const,
        index,
        embedding: fields.encoding_format === "base64" ? base64Of(vector) : [...vector],
      }));
      const tokens = inputs.reduce(
        (sum, input) => sum + (typeof input === "string" ? Math.ceil(input.length / 4) : 1),
        0,
      );
      return context.json<Told<typeof embeddingsAnswer>>({
        object: "list",
        data,
        model: encoder.space,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      });
    },
  );
}

interface Parts {
  readonly text?: string | undefined;
  /** A picture file. */
  readonly image?: Uint8Array | undefined;
}

function partsOf(input: Input): Parts {
  if (typeof input === "string")
    return input.startsWith("data:") ? { image: bytesOfDataUrl(input) } : { text: input };
  const { text, image } = input;
  if (!text && !image) throw invalid("An input is empty.", "Give it `text`, `image` or both.");
  return { text, image: image === undefined ? undefined : bytesOfDataUrl(image) };
}

/** One vector an input: the mean of its parts, brought to unit length; zeros stay zeros. */
async function embed(http: HttpContext, inputs: readonly Parts[], signal: AbortSignal) {
  const { encoder } = await http.library();
  return http.short.run(async () => {
    const texts = inputs.flatMap(({ text }) => (text ? [{ kind: "text", text } as const] : []));
    const ofTexts = (await encoder.encode(texts, signal)).values();
    const means: Float32Array[] = [];
    for (const { text, image } of inputs) {
      const ofText = text ? ofTexts.next().value : undefined;
      // One picture at a time: a small file may unpack to 200 MB, and a request may hold hundreds.
      const ofPicture = image && (await pictureVector(http, image, signal));
      const parts = [ofText, ofPicture].filter((vector) => vector !== undefined);
      means.push(meanOf(parts, encoder.dimensions));
    }
    return means;
  }, signal);
}

async function pictureVector(http: HttpContext, image: Uint8Array, signal: AbortSignal) {
  const { readImage, encoder } = await http.library();
  const pixels = await http.withUploads(async (folder) =>
    readImage(await keepUpload(image, "image", folder), signal),
  );
  const [vector] = await encoder.encode([{ kind: "image", pixels }], signal);
  return vector;
}

function meanOf(vectors: readonly Float32Array[], dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const vector of vectors) for (const [n, value] of vector.entries()) sum[n] = sum[n]! + value;
  const length = Math.hypot(...sum);
  return length === 0 ? sum : sum.map((value) => value / length);
}

function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [n, value] of vector.entries()) bytes.writeFloatLE(value, n * 4);
  return bytes.toString("base64");
}
