import { z } from "zod";
import type { Content } from "../encoder/encoder.ts";
import { Failure } from "../media/failure.ts";
import { plainText } from "../media/plain-text.ts";
import { formatSpan } from "../media/time-code.ts";
import { timeMs } from "./common-input.ts";
import { mediaReference, nameOf, resolveMedia } from "./media-reference.ts";
import { readPicture } from "./read-picture.ts";
import { defineTool } from "./tool.ts";
import type { ToolDeps } from "./tool-deps.ts";

const pictureInput = z.strictObject({
  media: mediaReference,
  timeMs: timeMs.optional().describe("Time of the frame, in milliseconds, for a video."),
  page: z.int().min(1).optional().describe("Page, from 1, for a document."),
});

const input = z.strictObject({
  texts: z.array(z.string().min(1).max(500)).max(8).default([]).describe("Words to embed, one vector each."),
  pictures: z
    .array(pictureInput)
    .max(8)
    .default([])
    .describe("Pictures of the library to embed: each a file, with a time or a page where it has several."),
  vectors: z.boolean().default(false).describe("Also return the numbers; they mean little to a reader."),
});

interface Embedded {
  readonly label: string;
  readonly content: Content;
}

/** Maps words and pictures into the library's vector space and compares them. */
export const embed = (deps: Pick<ToolDeps, "store" | "encoder" | "pictures">) =>
  defineTool({
    name: "embed",
    title: "Embed and compare",
    description:
      "Map words and pictures of the library to vectors of one space, and say how alike they are (cosine, -1 to 1): " +
      "whether two frames show the same thing, or which of several words fits a picture best.",
    input,
    readOnly: true,
    execute: async ({ texts, pictures, vectors }, { signal }) => {
      signal.throwIfAborted();
      const things = [...texts.map(textThing), ...(await readAll(deps, pictures, signal))];
      if (things.length === 0) throw nothingGiven();
      const { encoder } = deps;
      const contents = things.map(({ content }) => content);
      const encoded = await encoder.encode(contents, signal);
      const labels = things.map(({ label }) => label);
      const pairs = pairsOf(labels, encoded).sort((a, b) => b.cosine - a.cosine);
      const unknownWords = texts.flatMap((text) =>
        encoder.vocabularyOf(text).unknown.map((word) => plainText(word, 40)),
      );
      const lines = pairs.slice(0, 12).map(({ a, b, cosine }) => `${a} ~ ${b}: ${cosine.toFixed(3)}`);
      const head = `${labels.length} embedded in ${encoder.space}, ${encoder.dimensions} dimensions.`;
      const unknown =
        unknownWords.length > 0 ? [`Words without a vector: ${unknownWords.slice(0, 12).join(", ")}.`] : [];
      return {
        text: [head, ...unknown, ...lines].join("\n"),
        findings: [],
        data: {
          space: encoder.space,
          dimensions: encoder.dimensions,
          labels,
          pairs,
          unknownWords,
          thresholds: encoder.relevance,
          ...(vectors ? { vectors: encoded.map((vector) => [...vector]) } : {}),
        },
      };
    },
  });

function textThing(text: string): Embedded {
  return { label: `"${plainText(text, 40)}"`, content: { kind: "text", text } };
}

async function readAll(
  { store, pictures }: Pick<ToolDeps, "store" | "pictures">,
  wanted: readonly z.output<typeof pictureInput>[],
  signal: AbortSignal,
): Promise<readonly Embedded[]> {
  const things: Embedded[] = [];
  for (const { media, timeMs: time, page } of wanted) {
    const item = await resolveMedia(store, media, signal, ["image", "video", "document"]);
    const place = {
      ...(time === undefined ? {} : { timeMs: time }),
      ...(page === undefined ? {} : { page }),
    };
    const { pixels, span } = await readPicture(pictures, item, place, signal);
    things.push({ label: `${nameOf(item)} ${formatSpan(span)}`.trim(), content: { kind: "image", pixels } });
  }
  return things;
}

function pairsOf(labels: readonly string[], vectors: readonly Float32Array[]) {
  return vectors.flatMap((a, i) =>
    vectors.slice(i + 1).map((b, j) => ({
      a: labels[i]!,
      b: labels[i + 1 + j]!,
      cosine: a.reduce((sum, value, n) => sum + value * b[n]!, 0),
    })),
  );
}

function nothingGiven(): Failure {
  return new Failure({
    code: "invalid-input",
    message: "Nothing to embed",
    remedy: "Give `texts`, `pictures`, or both.",
  });
}
