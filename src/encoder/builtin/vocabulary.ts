import { placeable } from "./concepts.ts";
import { ignoredChinese, ignoredEnglish } from "./ignored-words.ts";
import { wordsOfColours, wordsOfLight, wordsOfPlaces, wordsOfScenes, wordsOfTexture } from "./words.ts";

/** A token of the text side: a word or phrase, and the concept it stands for (none for ignored words). */
export interface Entry {
  readonly text: string;
  readonly concept?: string;
}

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

function entries(words: Readonly<Record<string, readonly string[]>>, id = (key: string) => key): Entry[] {
  return Object.entries(words).flatMap(([key, texts]) => texts.map((text) => ({ text, concept: id(key) })));
}

/** "red left", "red on the left", "左边的红色": an attribute bound to a place. */
function placedPhrases(): Entry[] {
  const attributes = { ...wordsOfColours, dark: wordsOfLight.dark!, bright: wordsOfLight.bright! };
  return placeable.flatMap((attribute) =>
    Object.entries(wordsOfPlaces).flatMap(([place, placeWords]) =>
      attributes[attribute as keyof typeof attributes]!.flatMap((word) =>
        placeWords
          .filter((placeWord) => isChinese(placeWord) === isChinese(word) && isUsualPlaceWord(placeWord))
          .flatMap((placeWord) => phrases(word, placeWord))
          .map((text) => ({ text, concept: `${attribute}@${place}` })),
      ),
    ),
  );
}

/** Phrases are made of the plain forms alone, or their number would be in the tens of thousands. */
function isUsualPlaceWord(word: string): boolean {
  return (
    !/ |upper|lower|above|below|middle|central|[面侧]$|部$|^正|心$/.test(word) ||
    word === "上面" ||
    word === "下面"
  );
}

function phrases(word: string, place: string): string[] {
  if (!isChinese(word))
    return [
      `${word} ${place}`,
      `${place} ${word}`,
      `${word} on the ${place}`,
      `${word} at the ${place}`,
      `${word} in the ${place}`,
    ];
  return place.length < 2 || word.length < 2
    ? []
    : [`${place}${word}`, `${place}的${word}`, `${place}是${word}`];
}

/** Everything the tokenizer cuts out, the concepts limited to those in `kept`. Earlier entries win. */
export function vocabulary(kept: ReadonlySet<string>): readonly Entry[] {
  const all: Entry[] = [
    ...entries(wordsOfColours),
    ...entries(wordsOfLight),
    ...entries(wordsOfTexture),
    ...entries(wordsOfPlaces, (place) => `@${place}`),
    ...entries(wordsOfScenes),
    ...placedPhrases(),
  ].filter(({ concept }) => concept !== undefined && kept.has(concept));
  const ignored = [...ignoredEnglish, ...ignoredChinese].map((text): Entry => ({ text }));
  const byText = new Map<string, Entry>();
  for (const entry of [...all, ...ignored]) if (!byText.has(entry.text)) byText.set(entry.text, entry);
  return [...byText.values()];
}
