import { type Invoice, someInvoices } from "./invoices.ts";
import { type Album, cameras, someAlbum, someOtherMonth, someTime } from "./photo-album.ts";
import type { PhotoTags } from "./photo-file.ts";
import { type Random, seededRandom } from "./random.ts";
import { roomThreePeople } from "./scenes/room.ts";
import type { Scene } from "./scenes/scene.ts";
import { streetWithCars } from "./scenes/street.ts";
import { planScreenRecording, type ScreenRecording } from "./screen-recording.ts";
import { type Lecture, scheduleTalk } from "./slides.ts";
import { type StreetSign, someStreetSign } from "./street-sign.ts";
import { someTalk, type Talk } from "./talk-topics.ts";
import { someTripNote, type TripNote } from "./trip-note.ts";
import type { DemoTruth, TrueVisit } from "./truth.ts";
import { someVoiceMemo, type VoiceMemo } from "./voice-memo.ts";

/** Raise it when a drawing changes without a change of the truth: folders rendered before are then drawn again. */
const drawingVersion = 2;

/** Everything that a seed decides, before a single pixel is drawn. */
export interface DemoPlan {
  readonly random: Random;
  readonly street: Scene;
  readonly room: Scene;
  readonly talk: Talk;
  readonly lecture: Lecture;
  readonly screen: ScreenRecording;
  readonly album: Album;
  readonly sign: StreetSign;
  readonly signTags: PhotoTags;
  readonly invoices: readonly Invoice[];
  readonly scannedPage: number;
  readonly note: TripNote;
  readonly memo: VoiceMemo;
  readonly truth: DemoTruth;
}

export function planDemo(seed: number): DemoPlan {
  const random = seededRandom(seed);
  const talk = someTalk(random.fork("talk"));
  const album = someAlbum(random.fork("album"));
  const parts = {
    random,
    street: streetWithCars(seed),
    room: roomThreePeople(seed),
    talk,
    lecture: scheduleTalk(random.fork("lecture"), talk),
    screen: planScreenRecording(random.fork("screen")),
    album,
    sign: someStreetSign(random.fork("sign")),
    signTags: someSignTags(random.fork("sign-tags"), album),
    invoices: someInvoices(random.fork("invoices")),
    scannedPage: random.fork("scan").whole(1, 3),
    note: someTripNote(random.fork("note")),
    memo: someVoiceMemo(random.fork("memo")),
  };
  return { ...parts, truth: truthOf(seed, parts) };
}

function someSignTags(random: Random, album: Album): PhotoTags {
  const [city, latitude, longitude] = random.pick([
    ["Shanghai", 31.2304, 121.4737],
    ["Guangzhou", 23.1291, 113.2644],
    ["Chengdu", 30.5728, 104.0668],
  ] as const);
  const takenAt = someTime(random, someOtherMonth(random, [3, 11], album.busyMonth), [9, 17]);
  return {
    takenAt,
    city,
    country: "China",
    latitude,
    longitude,
    camera: random.pick(cameras),
    sideways: false,
  };
}

function visitsOf(scene: Scene): TrueVisit[] {
  return scene.truth
    .filter((event) => event.kind === "moves")
    .map(({ startMs, endMs, colour = "grey", side = "left", towards = "right" }) => ({
      startMs: Math.round(startMs),
      endMs: Math.round(endMs),
      colour,
      from: side,
      to: towards,
    }));
}

function truthOf(seed: number, plan: Omit<DemoPlan, "truth">): DemoTruth {
  const { street, room, talk, lecture, screen, album, sign, memo } = plan;
  const cars = visitsOf(street);
  const said = lecture.spokenAt[talk.fact.slide]?.[talk.fact.line];
  if (!said) throw new Error(`The talk "${talk.title}" never says its fact`);
  return {
    version: drawingVersion,
    seed,
    street: {
      file: "videos/street.mp4",
      durationMs: street.durationMs,
      cars,
      still: { query: "queries/car.jpg", ...stillOf(plan.random.fork("still"), cars) },
    },
    room: { file: "videos/room.mp4", durationMs: room.durationMs, visits: visitsOf(room) },
    talk: {
      file: `videos/${talk.fileName}`,
      durationMs: lecture.durationMs,
      title: talk.title,
      speaker: talk.speaker,
      slides: lecture.slides.map(({ title, startMs, endMs }) => ({ title, startMs, endMs })),
      fact: {
        question: talk.fact.question,
        questionChinese: talk.fact.questionChinese,
        answer: talk.fact.answer,
        startMs: said.startMs,
        endMs: said.endMs,
      },
    },
    screen: {
      file: "videos/screen-recording.mp4",
      durationMs: screen.durationMs,
      dialog: screen.dialog,
      notice: screen.notice,
    },
    photos: album.photos.map(({ draw: _, camera, sideways: _sideways, ...photo }) => ({
      ...photo,
      camera: camera.join(" "),
    })),
    busyMonth: album.busyMonth,
    sign: { file: "photos/路牌-street-sign.jpg", ...sign },
    invoices: {
      file: "documents/invoices.pdf",
      pages: plan.invoices.map(({ number, month, currency, total }, index) => ({
        page: index + 1,
        number,
        month,
        currency,
        total,
        scanned: index + 1 === plan.scannedPage,
      })),
    },
    note: { file: "documents/trip-notes.md", password: plan.note.password, hotel: plan.note.hotel },
    memo: { file: "audio/voice-memo.wav", durationMs: memo.durationMs, gate: memo.gate },
  };
}

/** A moment in the middle of a visit during which that car is alone in the picture. */
function stillOf(random: Random, cars: readonly TrueVisit[]): { car: number; timeMs: number } {
  const alone = cars.flatMap((car, index) =>
    cars.every((other) => other === car || other.endMs <= car.startMs || other.startMs >= car.endMs)
      ? [index]
      : [],
  );
  const car = random.pick(alone);
  const { startMs, endMs } = cars[car] ?? { startMs: 0, endMs: 0 };
  return { car, timeMs: Math.round((startMs + (endMs - startMs) * random.between(0.42, 0.58)) / 100) * 100 };
}
