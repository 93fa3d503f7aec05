import { Worker } from "node:worker_threads";
import type { OcrLanguage, OcrLayout } from "../ocr-engine.ts";
import { traineddataFolder } from "./traineddata.ts";

/** One tesseract.js worker thread, started for a fixed list of languages. */
export interface Recognizer {
  readonly languages: string;
  /** A binary PGM picture → Tesseract's table of words. Rejects when the thread dies. */
  recognize(pgm: Uint8Array, layout: OcrLayout): Promise<string>;
  readonly dead: boolean;
  terminate(): Promise<void>;
}

/** Tesseract's page segmentation modes AUTO, SINGLE_BLOCK and SPARSE_TEXT. */
const segmentationModes = { page: "3", block: "6", sparse: "11" } as const;
const lstmOnly = 1;

/** Offline: the packs come from npm, nothing is cached on disk, and nothing is written to stdout or stderr. */
export async function startRecognizer(languages: readonly OcrLanguage[]): Promise<Recognizer> {
  const { createWorker } = (await import("tesseract.js")).default;
  await using folder = await traineddataFolder(languages);
  const worker = await createWorker(
    [...languages],
    lstmOnly,
    {
      langPath: folder.path,
      gzip: true,
      cacheMethod: "none",
      logger: () => undefined,
      errorHandler: () => undefined,
    },
    { debug_file: "/dev/null" } as object,
  );
  const thread: unknown = Reflect.get(worker, "worker");
  if (!(thread instanceof Worker)) throw new Error("tesseract.js no longer shows its worker thread");
  silence(thread);
  let dead = false;
  const death = new Promise<never>((_, reject) => {
    thread.on("error", reject);
    thread.once("exit", (code) => reject(new Error(`The OCR worker ended with status ${code}`)));
  });
  death.catch(() => {
    dead = true;
  });
  thread.unref();

  return {
    languages: languages.join("+"),
    get dead() {
      return dead;
    },
    async recognize(pgm, layout) {
      // An idle thread does not keep the process alive; a busy one does.
      thread.ref();
      try {
        const mode = { tessedit_pageseg_mode: segmentationModes[layout] };
        const output = { text: false, tsv: true };
        const job = worker.recognize(Buffer.from(pgm), mode as object, output);
        return (await Promise.race([job, death])).data.tsv ?? "";
      } finally {
        thread.unref();
      }
    },
    async terminate() {
      dead = true;
      await thread.terminate();
    },
  };
}

/** Leptonica writes its warnings to the standard streams, where answers and the MCP protocol belong. */
function silence(thread: Worker): void {
  thread.stdout.unpipe(process.stdout);
  thread.stderr.unpipe(process.stderr);
  thread.stdout.resume();
  thread.stderr.resume();
}
