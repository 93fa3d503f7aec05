import { type Described, describe } from "./described.ts";

/** Data sets of record 2 of IPTC-IIM 4.2. */
const dataSets = { title: 5, location: 92, city: 90, state: 95, country: 101, caption: 120 } as const;

/** The few data sets that are asked about, from a raw IPTC-IIM block or one inside Photoshop's resources. */
export function readIptc(block: Uint8Array): Described {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  const found = new Map<number, string>();
  const utf8 = bytes.includes(Buffer.from([0x1b, 0x25, 0x47]));
  let at = bytes.indexOf(Buffer.from([0x1c, 0x02]));
  while (at >= 0 && at + 5 <= bytes.length) {
    const [mark, record, dataSet = 0] = bytes.subarray(at, at + 3);
    const length = bytes.readUInt16BE(at + 3);
    if (mark !== 0x1c || record !== 2 || at + 5 + length > bytes.length) break;
    const value = bytes.subarray(at + 5, at + 5 + length);
    if (!found.has(dataSet)) found.set(dataSet, utf8 ? value.toString("utf8") : eitherEncoding(value));
    at += 5 + length;
  }
  return describe({
    places: [dataSets.location, dataSets.city, dataSets.state, dataSets.country].map((set) => found.get(set)),
    title: found.get(dataSets.title),
    description: found.get(dataSets.caption),
  });
}

/** Old programs do not say which encoding they write: UTF-8 where it is valid, Latin-1 otherwise. */
function eitherEncoding(value: Buffer): string {
  const text = value.toString("utf8");
  return text.includes("\ufffd") ? value.toString("latin1") : text;
}
