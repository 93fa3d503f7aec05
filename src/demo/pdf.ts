import { type Mark, pageHeight, pageWidth } from "./page-marks.ts";

export type PdfPage =
  | { readonly kind: "text"; readonly marks: readonly Mark[] }
  /** A scan: a JPEG that fills the page, and no text layer. */
  | { readonly kind: "image"; readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

/** Helvetica's advance widths in thousandths of the size, for what stands flush right (Adobe Core 14 metrics). */
// biome-ignore format: a table
const helveticaWidths: Readonly<Record<string, number>> = {
  " ": 278, ",": 278, ".": 278, D: 722, E: 667, U: 722, R: 722, G: 778, B: 667, P: 667, S: 667,
};

function helveticaWidth(text: string, size: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += helveticaWidths[character] ?? 556;
  return (thousandths * size) / 1000;
}

/** A PDF 1.4 file with the standard Helvetica fonts, so that text pages carry a text layer. */
export function writePdf(pages: readonly PdfPage[], title: string): Uint8Array {
  const objects: Buffer[] = [];
  const add = (...parts: readonly (string | Uint8Array)[]) =>
    objects.push(Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1"))));
  const stream = (dictionary: string, data: Uint8Array) =>
    add(`<< ${dictionary} /Length ${data.length} >>\nstream\n`, data, "\nendstream");

  add("<< /Type /Catalog /Pages 2 0 R >>");
  const pageNumbers = pages.map((_, index) => 6 + index * 3);
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pageNumbers.map((n) => `${n} 0 R`).join(" ")}] >>`);
  for (const font of ["Helvetica", "Helvetica-Bold"])
    add(`<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`);
  add(`<< /Title (${escaped(title)}) /Producer (Sightline demo) >>`);
  for (const [index, page] of pages.entries()) {
    const [self, image] = [6 + index * 3, 8 + index * 3];
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents ${self + 1} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >>${page.kind === "image" ? ` /XObject << /Im ${image} 0 R >>` : ""} >> >>`,
    );
    stream("", Buffer.from(content(page), "latin1"));
    if (page.kind === "image")
      stream(
        `/Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
        page.jpeg,
      );
    else add("null");
  }
  return assemble(objects);
}

function content(page: PdfPage): string {
  if (page.kind === "image") return `q ${pageWidth} 0 0 ${pageHeight} 0 0 cm /Im Do Q`;
  return page.marks
    .map((mark) => {
      if (mark.kind === "box")
        return `${colour(mark.colour)} rg ${mark.x} ${pageHeight - mark.y - mark.height} ${mark.width} ${mark.height} re f`;
      const x = mark.toRight ? mark.x - helveticaWidth(mark.text, mark.size) : mark.x;
      return `BT ${colour(mark.colour ?? "#1e2226")} rg /${mark.bold ? "F2" : "F1"} ${mark.size} Tf ${x.toFixed(2)} ${(pageHeight - mark.y).toFixed(2)} Td (${escaped(mark.text)}) Tj ET`;
    })
    .join("\n");
}

function colour(hex: string): string {
  return [1, 3, 5].map((at) => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(3)).join(" ");
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, "\\$&");
}

function assemble(objects: readonly Buffer[]): Uint8Array {
  const parts = [Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  let offset = parts[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    const at = offset;
    parts.push(whole);
    offset += whole.length;
    return at;
  });
  const rows = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${offset}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
