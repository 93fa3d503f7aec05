import { readFile, stat } from "node:fs/promises";
import type { PDFiumDocument, PDFiumLibrary, PDFiumPage } from "@hyzyla/pdfium";
import { Failure } from "../../media/failure.ts";
import type { Pixels } from "../../media/pixels.ts";
import { fileFailure } from "../first-bytes.ts";

/** The whole file is copied into the engine's memory, which ends at 2 GB. */
const largestBytes = 512 * 1024 * 1024;
const largestSide = 8192;

export interface Pdf extends Disposable {
  readonly pages: number;
  /** One page (from 1), with its text and its picture; undefined for one that the engine cannot lay out. */
  page(number: number): PdfPage | undefined;
}

export interface PdfPage {
  readonly text: string;
  readonly hasPictures: boolean;
  /** On white, its longer side `longestSide` pixels. May be called once. */
  render(longestSide: number): Promise<Pixels>;
}

let library: Promise<PDFiumLibrary> | undefined;

/**
 * Opens a PDF with pdfium, which runs as WebAssembly: a crafted file can at worst trap it. Throws `Failure`:
 * "unsupported" for one with a password or of more than 512 MB, "corrupt" for a damaged one.
 */
export async function openPdf(path: string): Promise<Pdf> {
  const bytes = await readBounded(path);
  library ??= import("@hyzyla/pdfium").then((engine) => engine.PDFiumLibrary.init());
  const document = await guarded(path, async () => (await library)?.loadDocument(bytes));
  if (!document) throw damaged(path);
  return {
    pages: document.getPageCount(),
    page: (number) => pageOf(document, number, path),
    [Symbol.dispose]: () => document.destroy(),
  };
}

function pageOf(document: PDFiumDocument, number: number, path: string): PdfPage | undefined {
  const page = document.getPage(number - 1);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const longest = Math.max(originalWidth, originalHeight);
  if (!(Math.min(originalWidth, originalHeight) > 0) || !Number.isFinite(longest)) return undefined;
  return {
    text: textOf(page),
    hasPictures: hasPictures(page),
    render: (longestSide) =>
      guarded(path, async () => {
        const scale = Math.min(longestSide, largestSide) / longest;
        const width = Math.max(1, Math.round(originalWidth * scale));
        const height = Math.max(1, Math.round(originalHeight * scale));
        const picture = await page.render({ width, height, scale: 1, render: "bitmap" });
        return withoutAlpha(picture.data, picture.width, picture.height);
      }),
  };
}

/** The engine marks what it cannot map to Unicode, and line ends within words, with control characters. */
function textOf(page: PDFiumPage): string {
  return (
    page
      .getText()
      .replace(/\ufffe|\u00ad\r?\n/gu, "")
      .replace(/\r\n?/gu, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, "")
      .trim()
  );
}

function hasPictures(page: PDFiumPage): boolean {
  let seen = 0;
  for (const object of page.objects()) {
    if (object.type === "image") return true;
    seen += 1;
    if (seen === 2000) return false;
  }
  return false;
}

function withoutAlpha(rgba: Uint8Array, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from] ?? 255;
    data[to + 1] = rgba[from + 1] ?? 255;
    data[to + 2] = rgba[from + 2] ?? 255;
  }
  return { width, height, data };
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size === 0) throw new Failure({ ...detail(path), message: `${path} is empty (0 bytes).` });
    if (size <= largestBytes) return await readFile(path);
  } catch (cause) {
    throw cause instanceof Failure ? cause : fileFailure(path, cause);
  }
  throw new Failure({
    code: "unsupported",
    message: `${path} is larger than ${largestBytes / 1024 / 1024} MB, which is the most that is opened.`,
    remedy: "Split it, for example with `qpdf --split-pages=100 in.pdf out.pdf`.",
  });
}

/** A trap leaves the engine's memory in an unknown state: the next document gets a fresh one. */
async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Error && cause.name === "RuntimeError") library = undefined;
    if (cause instanceof Error && /password|security scheme/iu.test(cause.message))
      throw new Failure(
        {
          code: "unsupported",
          message: `${path} is encrypted: it cannot be read without its password.`,
          remedy:
            "Save a copy without a password, for example with `qpdf --decrypt --password=… in.pdf out.pdf`.",
        },
        { cause },
      );
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause?: unknown): Failure {
  return new Failure(detail(path), { cause });
}

function detail(path: string) {
  return {
    code: "corrupt",
    message: `${path} is damaged, or no PDF.`,
    remedy: "Copy it again from where it came from, or repair it with `qpdf in.pdf out.pdf`.",
  } as const;
}
