import type { Random } from "./random.ts";

export interface TripNote {
  readonly markdown: string;
  readonly password: string;
  readonly hotel: string;
}

/** A page of notes for a trip, in Markdown. */
export function someTripNote(random: Random): TripNote {
  const hotel = `Hotel ${random.pick(["Aurora", "Belvedere", "Meridian", "Linden"])}`;
  const password = `${random.pick(["maple", "harbour", "copper", "violet"])}-${random.whole(1000, 9899)}`;
  const flight = `${random.pick(["TP", "LX", "KL"])} ${random.whole(310, 1890)}`;
  const markdown = `# Notes for the trip

## Flight

Flight ${flight} leaves at ${String(random.whole(6, 11)).padStart(2, "0")}:${random.whole(1, 5)}0 from gate ${random.pick(["A", "B", "C"])}${random.whole(2, 29)}.

## Hotel

We stay at ${hotel}, room ${random.whole(101, 489)}. The password of the hotel network is ${password}.

## To pack

- ${random.shuffled(["rain jacket", "binoculars", "charger", "sun cream", "sketch book"]).slice(0, 3).join("\n- ")}
`;
  return { markdown, password, hotel };
}
