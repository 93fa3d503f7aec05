import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Failure } from "../media/failure.ts";
import type { MediaItem } from "../media/media-item.ts";
import type { Pixels } from "../media/pixels.ts";
import { pageSpan, wholeSpan } from "../media/span.ts";
import { openPdf, type PdfPage } from "./document/pdf.ts";
import { sectionText } from "./document/sections.ts";
import { readTextFile } from "./document/text-file.ts";
import type { Cut, Extractor, ReportProgress } from "./extractor.ts";
import { firstBytes } from "./first-bytes.ts";
import type { OcrReading } from "./ocr-engine.ts";
import type { ReadOptions } from "./picture-reader.ts";
import { scaledWithin } from "./scaled.ts";
import { supportedExtensions } from "./sniff.ts";
import { fileNameWords } from "./video/facts-text.ts";

export interface DocumentDeps {
  /** Absent: scanned pages stay unread. */
  readonly readText?: (pixels: Pixels, signal: AbortSignal) => Promise<OcrReading | undefined>;
}

const frameSide = 384;
/** About 200 dots an inch on A4. */
const readingSide = 2300;
/** A page of pictures with less text than this is a scan with a stamp or a header over it. */
const fewCharacters = 120;
const maxPages = 5000;
const longestPageText = 20_000;

/**
 * PDF: each page as picture and as text, through OCR where it is a scan. Plain text and Markdown: each section as
 * text, its number (from 1) standing for the page number.
 */
export function openDocumentExtractor(deps: DocumentDeps): Extractor {
  return {
    kind: "document",
    async probe(path, signal) {
      signal.throwIfAborted();
      if (await isPdf(path)) {
        using pdf = await openPdf(path);
        return { pages: pdf.pages };
      }
      const { sections, title } = await readTextFile(path);
      return { pages: sections.length, ...(title && { title }) };
    },
    async *extract(item, signal, report) {
      signal.throwIfAborted();
      yield { span: wholeSpan, source: "metadata", text: factsText(item) };
      if (await isPdf(item.path)) yield* pdfCuts(item.path, deps, signal, report);
      else yield* textCuts(item.path);
      report?.(1);
    },
  };
}

/** A page of a PDF (from 1), its longer side `longestSide` pixels. Throws `Failure` for a page that is not there. */
export async function renderPage(
  path: string,
  page: number,
  options: ReadOptions,
  signal: AbortSignal,
): Promise<Pixels> {
  signal.throwIfAborted();
  if (!(await isPdf(path)))
    throw new Failure({
      code: "unsupported",
      message: `${path} is text and has no pages to look at.`,
      remedy: "Read its text instead.",
    });
  using pdf = await openPdf(path);
  const found = page >= 1 && page <= pdf.pages ? pdf.page(page) : undefined;
  if (!found)
    throw new Failure({
      code: "invalid-input",
      message: `${path} has no readable page ${page}; it has ${pdf.pages}.`,
      remedy: `Ask for a page from 1 to ${pdf.pages}.`,
    });
  return found.render(options.longestSide ?? readingSide);
}

async function* pdfCuts(
  path: string,
  deps: DocumentDeps,
  signal: AbortSignal,
  report: ReportProgress | undefined,
): AsyncIterable<Cut> {
  using pdf = await openPdf(path);
  const pages = Math.min(pdf.pages, maxPages);
  for (let number = 1; number <= pages; number++) {
    // The engine holds the thread while it draws: others get a turn between pages.
    await setImmediate();
    signal.throwIfAborted();
    const page = pdf.page(number);
    if (page) yield* pageCuts(page, number, deps, signal);
    report?.(number / pages);
  }
}

async function* pageCuts(
  page: PdfPage,
  number: number,
  deps: DocumentDeps,
  signal: AbortSignal,
): AsyncIterable<Cut> {
  const span = pageSpan(number);
  const text = page.text.slice(0, longestPageText);
  const isScan = page.hasPictures && text.replace(/\s/gu, "").length < fewCharacters;
  const read = isScan ? deps.readText : undefined;
  const pixels = await page.render(read ? readingSide : frameSide * 2);
  yield { span, source: "frame", pixels: await scaledWithin(pixels, frameSide) };
  if (text !== "") yield { span, source: "text", text };
  const reading = await read?.(pixels, signal);
  if (reading && reading.text !== "")
    yield { span, source: "ocr", text: reading.text, confidence: Math.round(reading.confidence) };
}

async function* textCuts(path: string): AsyncIterable<Cut> {
  const { sections, cutFromBytes } = await readTextFile(path);
  for (const [index, section] of sections.entries())
    yield { span: pageSpan(index + 1), source: "text", text: sectionText(section) };
  if (cutFromBytes)
    yield {
      span: wholeSpan,
      source: "metadata",
      text: `Only the start of this file of ${Math.round(cutFromBytes / 1024 / 1024)} MB is indexed.`,
    };
}

function factsText(item: MediaItem): string {
  const { pages, title } = item;
  return [
    fileNameWords(item.path),
    title,
    pages !== undefined && `${pages} ${pages === 1 ? "page" : "pages"}`,
  ]
    .filter((line) => line !== undefined && line !== false && line !== "")
    .join("\n");
}

/** By content, and by name too, so that a damaged or empty PDF is reported as one and not as odd text. */
async function isPdf(path: string): Promise<boolean> {
  if (path.toLowerCase().endsWith(".pdf")) return true;
  const head = await firstBytes(path);
  const at = head.subarray(0, 1024).indexOf("%PDF-");
  return at === 0 || (at > 0 && !supportedExtensions.has(extname(path).slice(1).toLowerCase()));
}
