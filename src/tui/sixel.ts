import type { Pixels } from "../media/pixels.ts";

/** Steps of red, green and blue: 6 × 7 × 6 colours, as few terminals hold more than 256. */
const steps = [6, 7, 6] as const;
/** Where a pixel lies between two steps, this pattern decides: flat areas become fine mixtures and no bands. */
const threshold = [
  [0, 8, 2, 10],
  [12, 4, 14, 6],
  [3, 11, 1, 9],
  [15, 7, 13, 5],
] as const;

/** A picture as DEC sixels, one pixel a dot; its height counts in bands of six. */
export function sixelOf(picture: Pixels): string {
  const { width, height } = picture;
  const indexes = quantised(picture);
  const used = [...new Set(indexes)].sort((a, b) => a - b);
  const colours = used.map((index) => `#${index};2;${percentages(index).join(";")}`).join("");
  const bands: string[] = [];
  for (let top = 0; top < height; top += 6) bands.push(band(indexes, width, Math.min(6, height - top), top));
  return `\u001bP0;1;0q"1;1;${width};${height}${colours}${bands.join("-")}\u001b\\`;
}

function band(indexes: Uint8Array, width: number, rows: number, top: number): string {
  const bits = new Map<number, Uint8Array>();
  for (let row = 0; row < rows; row += 1)
    for (let x = 0; x < width; x += 1) {
      const index = indexes[(top + row) * width + x] ?? 0;
      const line = bits.get(index) ?? new Uint8Array(width);
      line[x] = (line[x] ?? 0) | (1 << row);
      bits.set(index, line);
    }
  return [...bits].map(([index, line]) => `#${index}${runs(line)}`).join("$");
}

/** Equal dots in a row are counted: `!12~`. */
function runs(line: Uint8Array): string {
  let text = "";
  for (let at = 0; at < line.length; ) {
    const value = line[at] ?? 0;
    let end = at + 1;
    while (end < line.length && line[end] === value) end += 1;
    const dots = String.fromCharCode(63 + value);
    text += end - at > 3 ? `!${end - at}${dots}` : dots.repeat(end - at);
    at = end;
  }
  return text;
}

function quantised({ width, height, data }: Pixels): Uint8Array {
  const indexes = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const shift = ((threshold[y % 4]?.[x % 4] ?? 0) + 0.5) / 16;
      const level = (channel: 0 | 1 | 2) =>
        Math.floor(((data[at * 3 + channel] ?? 0) / 255) * (steps[channel] - 1) + shift);
      indexes[at] = (level(0) * steps[1] + level(1)) * steps[2] + level(2);
    }
  return indexes;
}

function percentages(index: number): readonly number[] {
  const blue = index % steps[2];
  const green = Math.floor(index / steps[2]) % steps[1];
  const red = Math.floor(index / (steps[1] * steps[2]));
  return [red / (steps[0] - 1), green / (steps[1] - 1), blue / (steps[2] - 1)].map((part) =>
    Math.round(part * 100),
  );
}
