import type { RegionBox } from "../../media/activity-event.ts";
import type { Pixels } from "../../media/pixels.ts";
import type { OcrEngine, OcrLanguage, OcrReading } from "../ocr-engine.ts";
import { credibleReading, evidence, hasDoubtfulWords } from "./credible.ts";
import { type Grey, toPixels } from "./grey.ts";
import { mergeReadings, scaledReading } from "./merge.ts";
import {
  furtherPasses,
  levelled,
  levelPass,
  type Pass,
  rereadPasses,
  secondLook,
  secondLookAtSmall,
} from "./passes.ts";
import { crop, greyWithin, pad } from "./prepare.ts";
import { type Ballot, longestBallots, similarity, voteByCharacter } from "./rover.ts";

export interface OcrPass {
  readonly name: string;
  readonly text: string;
  /** 0..100. */
  readonly confidence: number;
}

export interface VotedReading {
  /** Lines parted by "\n"; empty where no pass read credible text. */
  readonly text: string;
  /** 0..100: mean word confidence of the passes that agree best with `text`. */
  readonly confidence: number;
  /** 0..1: mean likeness to `text` of all passes that read something; 0 where only one did. */
  readonly agreement: number;
  /** Confidence of at least 85, two passes or more with the same words and digits, and no passes that read otherwise. */
  readonly verified: boolean;
  readonly passes: readonly OcrPass[];
}

interface PassReading {
  /** Its believed lines, their boxes in pixels of the level picture. */
  readonly reading: OcrReading;
  /** Some words were not believed. */
  readonly doubtful: boolean;
}

export interface RereadOptions {
  /** In fractions of the picture; the whole picture without it. */
  readonly region?: RegionBox;
  readonly languages?: readonly OcrLanguage[];
}

/** From this confidence on a reading holds about 0.6 % errors; below it, about 8 %. */
export const verifiedConfidence = 85;
/** A first reading of 85 to 90 is mostly right as far as it goes, but has been seen to miss whole lines. */
const sureConfidence = 90;
/** Together: 0 to 100 % slower than one of them, and never worse than the right one alone. */
const bothLanguages: readonly OcrLanguage[] = ["eng", "chi_sim"];
const longestSide = 2400;
const smallSide = 1000;
const margin = 16;
const sameText = 0.98;
const leastAgreement = 0.75;

/**
 * Reads a picture for the index: its lines made level first, further passes only where that reading is in doubt, and
 * of all passes the lines with the most to say for themselves. Text "" where there is none.
 */
export async function readText(
  engine: OcrEngine,
  pixels: Pixels,
  signal: AbortSignal,
  languages: readonly OcrLanguage[] = bothLanguages,
): Promise<OcrReading> {
  const level = await levelled(pad(await greyWithin(pixels, longestSide), margin));
  const read = (pass: Pass) => readPass(engine, pass, level, languages, signal);
  const first = await read(levelPass);
  if (!first.doubtful && first.reading.confidence >= sureConfidence) return first.reading;
  const readings = [first.reading];
  let most = evidence(first.reading);
  for (const pass of passesAfter(first, level)) {
    const { reading, doubtful } = await read(pass);
    readings.push(reading);
    if (!doubtful && reading.confidence >= sureConfidence && evidence(reading) >= most) break;
    most = Math.max(most, evidence(reading));
  }
  return mergeReadings(readings);
}

/** Text of low confidence is worth every pass; where there is none, or some words were not believed, a second look. */
function passesAfter({ reading }: PassReading, level: Grey): readonly Pass[] {
  if (reading.text !== "" && reading.confidence < sureConfidence) return furtherPasses;
  return Math.max(level.width, level.height) <= smallSide ? secondLookAtSmall : secondLook;
}

/**
 * Reads a picture, or a region of it, with care: prepared in many ways, each read on its own, and voted on character
 * by character. About ten times the work of one pass.
 */
export async function rereadByVote(
  engine: OcrEngine,
  pixels: Pixels,
  options: RereadOptions,
  signal: AbortSignal,
): Promise<VotedReading> {
  const languages = options.languages ?? bothLanguages;
  const part = options.region ? crop(pixels, options.region) : pixels;
  const plain = pad(await greyWithin(part, longestSide), margin);
  const level = await levelled(plain);
  const plainPass = { ...levelPass, name: "plain" };
  const jobs: readonly (readonly [Pass, Grey])[] = [
    ...(level === plain ? [] : [[plainPass, plain] as const]),
    ...rereadPasses.map((pass) => [pass, level] as const),
  ];
  const readings = await Promise.all(
    jobs.map(async ([pass, grey]) => ({
      name: level === plain && pass === levelPass ? "plain" : pass.name,
      ...(await readPass(engine, pass, grey, languages, signal)).reading,
    })),
  );
  return {
    ...vote(readings),
    passes: readings.map(({ name, text, confidence }) => ({ name, text, confidence })),
  };
}

async function readPass(
  engine: OcrEngine,
  pass: Pass,
  level: Grey,
  languages: readonly OcrLanguage[],
  signal: AbortSignal,
): Promise<PassReading> {
  signal.throwIfAborted();
  const prepared = toPixels(await pass.prepare(level));
  const all = await engine.read(prepared, languages, signal, pass.layout);
  const reading = scaledReading(credibleReading(all), level.width / prepared.width);
  return { reading, doubtful: hasDoubtfulWords(all, reading) };
}

function vote(readings: readonly OcrReading[]): Omit<VotedReading, "passes"> {
  const ranked = readings
    .filter((reading) => reading.text !== "")
    .sort((left, right) => evidence(right) - evidence(left));
  const [best] = ranked;
  const alone = ranked.length === 1;
  if (!best || (alone && best.confidence < verifiedConfidence))
    return { text: "", confidence: 0, agreement: 0, verified: false };
  const text = textOf(ranked, best);
  const likeness = ranked.map((reading) => ({
    reading,
    alike: similarity(squeezed(reading.text), squeezed(text)),
  }));
  const agreeing = likeness.filter(
    ({ reading, alike }) => alike >= sameText && digits(reading.text) === digits(text),
  );
  const agreement = alone ? 0 : mean(likeness.map(({ alike }) => alike));
  const closest = Math.max(...likeness.map(({ alike }) => alike));
  const confidence = mean(
    likeness
      .filter(({ alike }) => alike >= Math.min(closest, sameText))
      .map(({ reading }) => reading.confidence),
  );
  return {
    text,
    confidence,
    agreement,
    verified: confidence >= verifiedConfidence && agreeing.length >= 2 && agreement >= leastAgreement,
  };
}

function textOf(ranked: readonly OcrReading[], best: OcrReading): string {
  const voters = ranked.filter((reading) => reading === best || reading.confidence >= best.confidence - 25);
  if (voters.length < 3 || best.text.length > longestBallots) return best.text;
  const text = voteByCharacter(voters.map(ballots));
  return text
    .replace(/ {2,}/gu, " ")
    .replace(/\s*\n\s*/gu, "\n")
    .trim();
}

/** Every character of a reading with its word's confidence, squared so that sure words weigh clearly more. */
function ballots(reading: OcrReading): readonly Ballot[] {
  const confidences = (reading.lines ?? [])
    .flat()
    .flatMap((word) => [...word.text].map((character) => ({ character, confidence: word.confidence })));
  let next = 0;
  return [...reading.text].map((character) => {
    const known = confidences[next];
    if (known?.character === character) next += 1;
    const confidence = known?.confidence ?? reading.confidence;
    return { character, weight: (confidence / 100) ** 2 };
  });
}

function squeezed(text: string): string {
  return text.replace(/\s+/gu, "");
}

function digits(text: string): string {
  return text.replace(/\P{N}+/gu, "");
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
