import { type Described, describe } from "./described.ts";

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** Packets carry editing histories of megabytes; what is looked for stands in front. */
const maxLength = 1_000_000;

/** The few properties that are asked about, whether written as attributes, elements or language alternatives. */
export function readXmp(packet: string): Described {
  const xml = packet.slice(0, maxLength);
  const property = (name: string) => propertyOf(xml, name);
  return describe({
    places: [
      property("Iptc4xmpCore:Location"),
      property("photoshop:City"),
      property("photoshop:State"),
      property("photoshop:Country"),
    ],
    title: property("dc:title"),
    description: property("dc:description"),
  });
}

function propertyOf(xml: string, name: string): string | undefined {
  const attribute = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "u").exec(xml);
  if (attribute) return decoded(attribute[1] ?? attribute[2] ?? "");
  const start = new RegExp(`<${name}(?:\\s[^>]*)?>`, "u").exec(xml);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  const end = xml.indexOf(`</${name}>`, from);
  if (end < 0) return undefined;
  const inner = xml.slice(from, Math.min(end, from + 10_000));
  const [, first] = /<rdf:li[^>]*>([^<]*)<\/rdf:li>/u.exec(inner) ?? [];
  return decoded(first ?? inner.replace(/<[^>]*>/gu, " "));
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/giu, (whole, hex, decimal, name) => {
    if (name) return entities[String(name).toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
