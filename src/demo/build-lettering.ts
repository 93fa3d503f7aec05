import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Font, PathCommand } from "opentype.js";
import { chineseCharacters, latinCharacters, signCharacters } from "./lettering-characters.ts";

const faces = [
  {
    file: "latin-400",
    source: "noto-sans/files/noto-sans-latin-400-normal.woff",
    characters: latinCharacters,
  },
  {
    file: "latin-700",
    source: "noto-sans/files/noto-sans-latin-700-normal.woff",
    characters: latinCharacters,
  },
  {
    file: "chinese-400",
    source: "noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff",
    characters: chineseCharacters,
  },
  {
    file: "chinese-700",
    source: "noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff",
    characters: signCharacters,
  },
] as const;

/** Takes the outlines that the demo draws with out of the Noto fonts, so that no machine needs a font of its own. */
export async function buildLettering(outFolder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const { parse } = require("opentype.js") as typeof import("opentype.js");
  const fonts = path.dirname(path.dirname(require.resolve("@fontsource/noto-sans/package.json")));
  await mkdir(outFolder, { recursive: true });
  for (const face of faces) {
    const bytes = await readFile(path.join(fonts, face.source));
    const font = parse(new Uint8Array(bytes).buffer);
    const glyphs = [...new Set(face.characters)]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((character) => `${JSON.stringify(character)}:${JSON.stringify(outline(font, character))}`);
    await writeFile(
      path.join(outFolder, `${face.file}.json`),
      `{"unitsPerEm":${font.unitsPerEm},"glyphs":{\n${glyphs.join(",\n")}\n}}\n`,
    );
  }
  for (const family of ["noto-sans", "noto-sans-sc"]) {
    const licence = await readFile(path.join(fonts, family, "LICENSE"), "utf8");
    await writeFile(path.join(outFolder, `OFL-${family}.txt`), licence);
  }
}

/** [advance width, contours]; contours are relative SVG commands in font units, y downwards. */
function outline(font: Font, character: string): readonly [number, string] {
  const glyph = font.charToGlyph(character);
  if (glyph.index === 0) throw new Error(`The font has no glyph for ${character}`);
  if (glyph.path.commands.some((command) => command.type === "C"))
    throw new Error("Cubic outlines are not kept: use a TrueType-flavoured font");
  return [Math.round(glyph.advanceWidth), relativePath(glyph.path.commands)];
}

function relativePath(commands: readonly PathCommand[]): string {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let text = "";
  const relative = (toX: number, toY: number) => `${Math.round(toX) - x} ${Math.round(toY) - y}`;
  for (const command of commands) {
    if (command.type === "Z") {
      text += "z";
      [x, y] = [startX, startY];
      continue;
    }
    const [toX, toY] = [command.x ?? 0, -(command.y ?? 0)];
    const step = relative(toX, toY);
    if (command.type === "L" && step === "0 0") continue;
    const control = command.type === "Q" ? `${relative(command.x1 ?? 0, -(command.y1 ?? 0))} ` : "";
    text += `${command.type.toLowerCase()}${control}${step}`;
    [x, y] = [Math.round(toX), Math.round(toY)];
    if (command.type === "M") [startX, startY] = [x, y];
  }
  // A minus sign already parts two numbers.
  return text.replace(/ -/g, "-");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // From dist/src/demo or src/demo to the package's own folder.
  const root = new URL(import.meta.url.endsWith(".ts") ? "../../" : "../../../", import.meta.url);
  await buildLettering(fileURLToPath(new URL("assets/lettering", root)));
}
