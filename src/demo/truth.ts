import type { PictureSide } from "../media/activity-event.ts";
import type { ColourName } from "../media/colour-name.ts";
import type { YearMonth } from "./photo-album.ts";

/** Milliseconds from the video's start. */
export interface TrueSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** A car that crosses, or a person who walks in and out: the whole visit. */
export interface TrueVisit extends TrueSpan {
  readonly colour: ColourName;
  readonly from: PictureSide;
  readonly to: PictureSide;
}

export interface TruePhoto {
  readonly file: string;
  readonly subject: string;
  /** Local time, "2024-07-14T18:30:12". */
  readonly takenAt: string;
  readonly city: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly camera: string;
  readonly colour?: ColourName;
}

interface TrueFile {
  readonly file: string;
}

interface TrueClip extends TrueFile {
  readonly durationMs: number;
}

/** What the demo library really holds. Files are relative to the media folder, with "/" between. */
export interface DemoTruth {
  readonly version: number;
  readonly seed: number;
  readonly street: TrueClip & {
    readonly cars: readonly TrueVisit[];
    /** A still of one car, kept outside the media folder, to search with. */
    readonly still: { readonly query: string; readonly car: number; readonly timeMs: number };
  };
  readonly room: TrueClip & { readonly visits: readonly TrueVisit[] };
  readonly talk: TrueClip & {
    readonly title: string;
    readonly speaker: string;
    readonly slides: readonly (TrueSpan & { readonly title: string })[];
    readonly fact: TrueSpan & {
      readonly question: string;
      readonly questionChinese: string;
      readonly answer: string;
    };
  };
  readonly screen: TrueClip & {
    readonly dialog: TrueSpan & {
      readonly headline: string;
      readonly detail: string;
      readonly code: string;
    };
    readonly notice: { readonly text: string; readonly startMs: number };
  };
  readonly photos: readonly TruePhoto[];
  /** The month that exactly three of the photos come from. */
  readonly busyMonth: YearMonth;
  readonly sign: TrueFile & {
    readonly street: string;
    readonly streetLatin: string;
    readonly place: string;
    readonly placeLatin: string;
  };
  readonly invoices: TrueFile & {
    readonly pages: readonly {
      readonly page: number;
      readonly number: string;
      readonly month: string;
      readonly currency: string;
      readonly total: string;
      readonly scanned: boolean;
    }[];
  };
  readonly note: TrueFile & { readonly password: string; readonly hotel: string };
  readonly memo: TrueClip & { readonly gate: TrueSpan & { readonly code: string } };
}
