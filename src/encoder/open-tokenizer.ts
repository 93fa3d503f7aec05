import { readFile } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";
import { damaged } from "./damaged.ts";

/** Reads a `tokenizer.json`. Throws `Failure` for one that is damaged. */
export async function openTokenizer(file: string): Promise<Tokenizer> {
  try {
    return new Tokenizer(JSON.parse(await readFile(file, "utf8")), {});
  } catch (cause) {
    throw damaged(file, "it is no tokenizer", cause);
  }
}
