import type { Table } from "@lancedb/lancedb";
import { stopWords } from "./text-query.ts";

/** Whole words of every language by BM25, stemmed as English; see the decision page of the store. */
export async function addTextIndex(table: Table): Promise<void> {
  const { Index } = await import("@lancedb/lancedb");
  const config = Index.fts({
    baseTokenizer: "icu/split",
    language: "English",
    stem: true,
    lowercase: true,
    asciiFolding: true,
    removeStopWords: true,
    customStopWords: [...stopWords],
    withPosition: false,
  });
  await table.createIndex("text", { config });
}
