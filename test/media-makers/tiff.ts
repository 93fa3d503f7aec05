type Colour = readonly [red: number, green: number, blue: number];

const side = 16;

/** An uncompressed TIFF with one page of 16 × 16 pixels for each colour. */
export function tiffOfColours(...colours: readonly Colour[]): Buffer {
  const pixelBytes = side * side * 3;
  const entries = 10;
  const directoryBytes = 2 + entries * 12 + 4;
  const pageBytes = pixelBytes + directoryBytes + 6;
  const file = Buffer.alloc(8 + colours.length * pageBytes);
  file.write("II");
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(8 + pixelBytes + 6, 4);
  for (const [index, colour] of colours.entries()) {
    const start = 8 + index * pageBytes;
    for (let at = 0; at < pixelBytes; at++) file[start + at] = colour[at % 3] ?? 0;
    const bits = start + pixelBytes;
    for (let channel = 0; channel < 3; channel++) file.writeUInt16LE(8, bits + channel * 2);
    const tags: readonly (readonly [tag: number, type: 3 | 4, count: number, value: number])[] = [
      [256, 3, 1, side],
      [257, 3, 1, side],
      [258, 3, 3, bits],
      [259, 3, 1, 1],
      [262, 3, 1, 2],
      [273, 4, 1, start],
      [277, 3, 1, 3],
      [278, 3, 1, side],
      [279, 4, 1, pixelBytes],
      [284, 3, 1, 1],
    ];
    let at = bits + 6;
    file.writeUInt16LE(entries, at);
    for (const [entry, [tag, type, count, value]] of tags.entries()) {
      const place = at + 2 + entry * 12;
      file.writeUInt16LE(tag, place);
      file.writeUInt16LE(type, place + 2);
      file.writeUInt32LE(count, place + 4);
      file.writeUInt32LE(value, place + 8);
    }
    at += 2 + entries * 12;
    const isLast = index === colours.length - 1;
    file.writeUInt32LE(isLast ? 0 : start + pageBytes + pixelBytes + 6, at);
  }
  return file;
}
