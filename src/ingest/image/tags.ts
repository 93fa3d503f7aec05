import type { Exif } from "exif-reader";
import type { Metadata } from "sharp";
import type { GeoPoint, MediaFacts } from "../../media/media-item.ts";
import { plainText } from "../../media/plain-text.ts";
import { readIptc } from "./iptc.ts";
import { readXmp } from "./xmp.ts";

export interface PictureTags
  extends Pick<MediaFacts, "takenAt" | "camera" | "place" | "placeName" | "title"> {
  /** The clock on the wall where it was taken: its UTC fields are the local ones. */
  readonly takenLocally?: Date;
  readonly description?: string;
}

const maxChars = 300;

/** When, where and with what a picture was taken, as EXIF, XMP and IPTC tell it. Damaged tags count as none. */
export async function readTags(metadata: Metadata): Promise<PictureTags> {
  const exif = metadata.exif && (await readExif(metadata.exif));
  const xmp = metadata.xmp ? readXmp(metadata.xmp.toString("utf8")) : {};
  const iptc = metadata.iptc ? readIptc(metadata.iptc) : {};
  const takenLocally = exif ? takenOn(exif) : undefined;
  return defined({
    takenLocally,
    takenAt: takenLocally && takenLocally.getTime() - zoneMs(exif || undefined),
    camera: exif ? cameraOf(exif) : undefined,
    place: exif ? placeOf(exif) : undefined,
    placeName: text(xmp.placeName) ?? text(iptc.placeName),
    title: text(xmp.title) ?? text(iptc.title),
    description: text(xmp.description) ?? text(iptc.description) ?? text(exif?.Image?.ImageDescription),
  });
}

async function readExif(bytes: Buffer): Promise<Exif | undefined> {
  const { default: parse } = await import("exif-reader");
  try {
    return parse(bytes);
  } catch {
    return undefined;
  }
}

function takenOn(exif: Exif): Date | undefined {
  const dates = [exif.Photo?.DateTimeOriginal, exif.Photo?.DateTimeDigitized, exif.Image?.DateTime];
  return dates.find((date) => date instanceof Date && !Number.isNaN(date.getTime()));
}

/** "+02:00" → two hours; without a zone the local time is taken as UTC. */
function zoneMs(exif: Exif | undefined): number {
  const offset = exif?.Photo?.OffsetTimeOriginal ?? exif?.Photo?.OffsetTime;
  const match = typeof offset === "string" ? /^([+-])(\d{2}):(\d{2})/u.exec(offset) : null;
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

/** "Canon" and "Canon EOS R5" → "Canon EOS R5". */
function cameraOf(exif: Exif): string | undefined {
  const maker = text(exif.Image?.Make);
  const model = text(exif.Image?.Model);
  if (!maker || !model) return model ?? maker;
  const brand = maker.split(" ")[0] ?? maker;
  return model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${maker} ${model}`;
}

function placeOf(exif: Exif): GeoPoint | undefined {
  const latitude = inDegrees(exif.GPSInfo?.GPSLatitude, exif.GPSInfo?.GPSLatitudeRef, "S");
  const longitude = inDegrees(exif.GPSInfo?.GPSLongitude, exif.GPSInfo?.GPSLongitudeRef, "W");
  if (latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  // A receiver without a fix writes zeros.
  return latitude === 0 && longitude === 0 ? undefined : { latitude, longitude };
}

function inDegrees(parts: unknown, reference: unknown, negative: string): number | undefined {
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(Number.isFinite)) return undefined;
  const [degrees = 0, minutes = 0, seconds = 0] = parts.map(Number);
  const value = degrees + minutes / 60 + seconds / 3600;
  return text(reference)?.toUpperCase() === negative ? -value : value;
}

function text(value: unknown): string | undefined {
  const clean = typeof value === "string" ? plainText(value, maxChars) : "";
  return clean === "" ? undefined : clean;
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function defined<T extends object>(tags: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}
