import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../../media/failure.ts";
import type { OcrLanguage } from "../ocr-engine.ts";

export interface TraineddataFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * One folder with the packs of all the languages, as tesseract.js wants it: npm carries each language in a package
 * of its own, and passing the data in memory does not work in version 7 (it takes the bytes for the language's name).
 * Dispose of it once the worker has started.
 */
export async function traineddataFolder(languages: readonly OcrLanguage[]): Promise<TraineddataFolder> {
  const packs = languages.map((language) => ({ language, source: packOf(language) }));
  const path = await mkdtemp(join(tmpdir(), `sightline-ocr-${process.pid}-`));
  const remove = () => rm(path, { recursive: true, force: true });
  try {
    for (const { language, source } of packs)
      await copyFile(source, join(path, `${language}.traineddata.gz`));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: remove };
}

function packOf(language: OcrLanguage): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);
  } catch (cause) {
    throw new Failure(
      {
        code: "unavailable",
        message: `The language pack "${language}" for reading text in pictures is not installed.`,
        remedy: `Run \`npm install @tesseract.js-data/${language}\`, or \`npm ci\` again.`,
      },
      { cause },
    );
  }
}
