import type { MediaStore } from "../store/media-store.ts";
import type { PromptFacts } from "./prompt.ts";

/** Texts that are looked at to see which languages there are: a sample is enough. */
const sampledTexts = 400;
const everything = 1_000_000;
const textSources = ["text", "ocr", "subtitle", "caption"] as const;

/** What the prompt tells of a library: how much there is, of when, and in which languages. */
export async function libraryFacts(
  store: MediaStore,
): Promise<Pick<PromptFacts, "counts" | "dates" | "languages">> {
  const [counts, items, texts] = await Promise.all([
    store.counts(),
    store.list({ limit: everything }),
    store.scan({ sources: textSources, limit: sampledTexts }),
  ]);
  const times = items.map(({ takenAt, modifiedAt }) => takenAt ?? modifiedAt);
  const [fromMs, toMs] = times.reduce(
    ([least, most], time) => [Math.min(least, time), Math.max(most, time)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const languages = languagesOf(texts.map(({ segment }) => segment.text ?? ""));
  return { counts, languages, ...(times.length > 0 ? { dates: { fromMs, toMs } } : {}) };
}

/** By their letters, which is all that can be told without a model. One word is no text. */
export function languagesOf(texts: readonly string[]): readonly string[] {
  const has = (letters: RegExp) => texts.filter((text) => letters.test(text)).length;
  return [
    ...(has(/[a-z]{3,}\s+[a-z]{2,}/i) > 0 ? ["Latin letters"] : []),
    ...(has(/\p{Script=Han}{2,}/u) > 0 ? ["Chinese"] : []),
  ];
}
