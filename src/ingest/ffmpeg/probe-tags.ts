import type { GeoPoint } from "../../media/media-item.ts";

export type Tags = Readonly<Record<string, string | undefined>>;

/** "30000/1001" → 29.97…; undefined for "0/0" and for rates that only mark the time base. */
export function parseRate(rate: string): number | undefined {
  const [over = 0, under = 0] = rate.split("/").map(Number);
  const value = over / under;
  return Number.isFinite(value) && value > 0 && value <= 1000 ? value : undefined;
}

/** Size on the screen: square pixels, then turned. `rotation` in degrees, in steps of 90; others keep the size. */
export function displaySize(
  width: number,
  height: number,
  sampleAspect: string,
  rotation: number,
): { readonly width: number; readonly height: number } {
  const [over = 1, under = 1] = sampleAspect.split(":").map(Number);
  const aspect = over > 0 && under > 0 && over / under < 8 && under / over < 8 ? over / under : 1;
  const wide = Math.max(1, Math.round(width * aspect));
  return Math.abs(rotation) % 180 === 90 ? { width: height, height: wide } : { width: wide, height };
}

/** The size that fits into a square of `longestSide`, never larger than the picture itself. */
export function fitWithin(
  size: { readonly width: number; readonly height: number },
  longestSide: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longestSide / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

/** When it was taken, epoch ms. Phones write the local zone into their own tag; a clock never set (1904, 1970) is no date. */
export function readTakenAt(tags: Tags): number | undefined {
  const written = tags["com.apple.quicktime.creationdate"] ?? tags.creation_time ?? tags.date;
  if (written === undefined || !/^\d{4}-\d{2}-\d{2}/.test(written)) return undefined;
  const spaced = written.trim().replace(" ", "T");
  const zoned = /T/.test(spaced) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(spaced) ? `${spaced}Z` : spaced;
  const time = Date.parse(zoned.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isFinite(time) && time > Date.UTC(1971, 0, 1) ? time : undefined;
}

/** "+48.8577+002.2950+035/" (also degrees and minutes, or with seconds) → a point on the earth. ISO 6709, annex H. */
export function readIso6709(text: string | undefined): GeoPoint | undefined {
  const match = /^([+-])(\d{2})(\d{2})?(\d{2})?(\.\d+)?([+-])(\d{3})(\d{2})?(\d{2})?(\.\d+)?(?:[+-/]|$)/.exec(
    text ?? "",
  );
  if (!match) return undefined;
  const latitude = toDegrees(match.slice(1, 6));
  const longitude = toDegrees(match.slice(6, 11));
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onEarth && !(latitude === 0 && longitude === 0) ? { latitude, longitude } : undefined;
}

/** The fraction belongs to the last part that is given. */
function toDegrees([sign, degrees, minutes, seconds, fraction = ""]: readonly (
  | string
  | undefined
)[]): number {
  const parts = [degrees, minutes, seconds].filter((part) => part !== undefined);
  const value = parts.reduce(
    (sum, part, at) => sum + Number(at === parts.length - 1 ? `${part}${fraction}` : part) / 60 ** at,
    0,
  );
  return sign === "-" ? -value : value;
}
