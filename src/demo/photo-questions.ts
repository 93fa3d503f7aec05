import { monthNames } from "./invoices.ts";
import type { DemoQuestion, ExpectedPlace } from "./question.ts";
import type { DemoTruth } from "./truth.ts";

/** Questions about photos by date, place and colour, and about the street sign. */
export function askPhotos({ photos, busyMonth, sign }: DemoTruth): DemoQuestion[] {
  const { year, month } = busyMonth;
  const inMonth = photos.filter(({ takenAt }) =>
    takenAt.startsWith(`${year}-${String(month).padStart(2, "0")}`),
  );
  const placeOf = ({ file }: { readonly file: string }): ExpectedPlace => ({ file });
  const coloured = photos.filter((photo) => photo.colour);
  // Which one is asked for follows the seed, through the month.
  const wanted = coloured[(year + month) % coloured.length];
  const there = photos[(year * 5 + month) % photos.length];
  if (!wanted?.colour || !there) throw new Error("The album has no photo to ask for");
  const ask = { kind: "ask", language: "en" } as const;
  return [
    {
      ...ask,
      id: "photo-month",
      text: `Which photos are from ${monthNames[month - 1]} ${year}?`,
      expect: { places: inMonth.map(placeOf), rule: "only", says: [] },
    },
    {
      ...ask,
      id: "photo-month-zh",
      language: "zh",
      text: `${year}年${month}月拍了哪些照片?`,
      expect: { places: inMonth.map(placeOf), rule: "only", says: [] },
    },
    {
      ...ask,
      id: "photo-place",
      text: `Which photos were taken in ${there.city}?`,
      expect: {
        places: photos.filter(({ city }) => city === there.city).map(placeOf),
        rule: "only",
        says: [],
      },
    },
    {
      ...ask,
      id: "photo-colour",
      text: `Show me the ${wanted.colour} photo.`,
      expect: { places: [placeOf(wanted)], rule: "any-order", says: [] },
    },
    {
      ...ask,
      id: "sign",
      text: "What does the street sign say?",
      expect: { places: [placeOf(sign)], rule: "first", says: [[sign.street], [sign.streetLatin]] },
    },
    {
      ...ask,
      id: "sign-zh",
      language: "zh",
      text: "路牌上写了什么?",
      expect: { places: [placeOf(sign)], rule: "first", says: [[sign.street], [sign.place]] },
    },
  ];
}
