import type { ColourName } from "../media/colour-name.ts";
import { photoSubjects } from "./photo-subjects.ts";
import type { Random } from "./random.ts";

export interface Photo {
  readonly file: string;
  readonly subject: string;
  readonly draw: (random: Random) => string;
  /** Local time, "2024-07-14T18:30:12". */
  readonly takenAt: string;
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly camera: readonly [maker: string, model: string];
  readonly colour?: ColourName;
  /** Stored lying on its side, with the EXIF orientation that puts it upright. */
  readonly sideways: boolean;
}

export interface YearMonth {
  readonly year: number;
  readonly month: number;
}

export interface Album {
  readonly photos: readonly Photo[];
  /** The month that exactly three of the photos come from. */
  readonly busyMonth: YearMonth;
}

export const cameras = [
  ["Canon", "EOS R6"],
  ["FUJIFILM", "X-T4"],
  ["Google", "Pixel 7"],
  ["NIKON", "Z 6"],
] as const;

export function someAlbum(random: Random): Album {
  const busyMonth = { year: random.whole(2023, 2025), month: random.whole(6, 8) };
  const fitting = photoSubjects.filter(
    ({ months: [from, to] }) => from <= busyMonth.month && busyMonth.month <= to,
  );
  const busy = new Set(random.shuffled(fitting).slice(0, 3));
  const owned = random.shuffled(cameras).slice(0, 2);
  const sidewaysIndex = random.whole(0, photoSubjects.length - 1);
  const photos = photoSubjects.map((subject, index) => {
    const month = busy.has(subject) ? busyMonth : someOtherMonth(random, subject.months, busyMonth);
    const takenAt = someTime(random, month, subject.hours);
    const [city, country, latitude, longitude] = random.pick(subject.places);
    const { name, draw, colour } = subject;
    return {
      file: `photos/IMG_${takenAt.replace(/[-:]/g, "").replace("T", "_")}.jpg`,
      subject: name,
      draw,
      takenAt,
      city,
      country,
      latitude: latitude + random.between(-0.004, 0.004),
      longitude: longitude + random.between(-0.004, 0.004),
      camera: random.pick(owned),
      ...(colour && { colour }),
      sideways: index === sidewaysIndex,
    };
  });
  return { photos, busyMonth };
}

export function someOtherMonth(
  random: Random,
  [from, to]: readonly [number, number],
  taken: YearMonth,
): YearMonth {
  const free = [2022, 2023, 2024, 2025]
    .flatMap((year) => Array.from({ length: to - from + 1 }, (_, index) => ({ year, month: from + index })))
    .filter(({ year, month }) => year !== taken.year || month !== taken.month);
  return random.pick(free);
}

export function someTime(
  random: Random,
  { year, month }: YearMonth,
  [from, to]: readonly [number, number],
): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(random.whole(1, 28))}T${two(random.whole(from, to))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}`;
}
