let segmenter: Intl.Segmenter | undefined;

/**
 * Whether a text without spaces between its Chinese characters holds a Chinese word. A single character is in half of
 * all names (山 in 中山路): it counts where the platform's segmenter sees it as a word.
 */
export function holdsChinese(text: string, word: string): boolean {
  if (!text.includes(word)) return false;
  if ([...word].length > 1) return true;
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  return [...segmenter.segment(text)].some(({ segment }) => segment === word);
}
