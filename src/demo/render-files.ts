import { writeFile } from "node:fs/promises";
import path from "node:path";
import { invoiceMarks } from "./invoices.ts";
import { pageHeight, pageWidth, scannedPage } from "./page-marks.ts";
import { type PdfPage, writePdf } from "./pdf.ts";
import { writePhoto } from "./photo-file.ts";
import type { DemoPlan } from "./plan.ts";
import { streetSignPicture } from "./street-sign.ts";
import { subRip } from "./subtitles.ts";
import { melody } from "./voice-memo.ts";

/** Photos, street sign, documents, sound and subtitles: everything but the videos. */
export async function renderFiles(
  plan: DemoPlan,
  mediaFolder: string,
  signal: AbortSignal,
  onePictureDone: () => void,
): Promise<void> {
  const { random, truth, lecture, memo } = plan;
  const at = (file: string) => path.join(mediaFolder, file);
  const beside = (file: string, ending: string) => at(file.replace(/\.[^.]+$/, ending));
  for (const photo of plan.album.photos) {
    signal.throwIfAborted();
    await writePhoto(photo.draw(random.fork(photo.subject)), photo, at(photo.file));
    onePictureDone();
  }
  await writePhoto(
    streetSignPicture(random.fork("sign-picture"), plan.sign),
    plan.signTags,
    at(truth.sign.file),
  );
  onePictureDone();
  await writeFile(at(truth.invoices.file), await invoicePdf(plan));
  await writeFile(at(truth.note.file), plan.note.markdown);
  await writeFile(beside(truth.talk.file, ".srt"), subRip(lecture.english));
  await writeFile(beside(truth.talk.file, ".zh.srt"), subRip(lecture.chinese));
  await writeFile(at(truth.memo.file), melody(random.fork("melody"), memo.durationMs));
  await writeFile(beside(truth.memo.file, ".srt"), subRip(memo.captions));
}

async function invoicePdf(plan: DemoPlan): Promise<Uint8Array> {
  const random = plan.random.fork("invoice-look");
  const accent = random.pick(["#1f5f8b", "#7a3b2e", "#2f6b4a"]);
  const turn = random.between(-0.8, 0.8);
  const pages: PdfPage[] = [];
  for (const [index, invoice] of plan.invoices.entries()) {
    const marks = invoiceMarks(invoice, accent);
    pages.push(
      index + 1 === plan.scannedPage ? await scan(scannedPage(marks, 2.2, turn)) : { kind: "text", marks },
    );
  }
  return writePdf(pages, "Invoices");
}

async function scan(svg: string): Promise<PdfPage> {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  if (info.width < pageWidth || info.height < pageHeight)
    throw new Error("The scan is coarser than the page");
  return { kind: "image", jpeg: data, width: info.width, height: info.height };
}
