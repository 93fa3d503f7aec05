import type { Evidence } from "../../media/citation.ts";
import { narrateEarlier } from "./answer-earlier.ts";
import { rereadText } from "./answer-reading.ts";
import { exportClip, findMoments, type PlannedCall, readClosely } from "./calls.ts";
import { pick } from "./pick.ts";
import { type Handler, resultsOf, type Situation } from "./situation.ts";
import { failuresIn, paragraphs, place } from "./wording.ts";

const mostReadings = 2;

/** Questions that lean on what the last answer cited: "the second one", "which of them is red?", "read the sign there". */
export const answerEarlier: Handler = (situation) => {
  const { question, steps, basis, words } = situation;
  const meant = meantBy(situation);
  if (basis.length === 0) return { answer: words.noEarlier };
  if (question.ordinal && meant.length === 0) {
    const number = question.ordinal < 0 ? words.lastNumber : String(question.ordinal);
    return { answer: words.noSuchNumber(number, basis.length) };
  }
  const calls = steps.length === 0 ? callsFor(situation, meant) : [];
  if (calls.length > 0) return { calls };
  const clip = resultsOf(situation, "export_clip").find((done) => !done.isError);
  if (clip) return { answer: saved(situation, clip.data.path, clip.evidence) };
  const readings = resultsOf(situation, "ocr_reread").filter((done) => done.evidence.length > 0);
  if (readings.length > 0) {
    const texts = readings.map((done, index) => rereadText(done, meant[index], situation));
    return { answer: paragraphs(...texts) };
  }
  const failures = failuresIn(steps.flat());
  if (asksToRead(situation)) return { answer: paragraphs(words.notFound(""), failures) };
  return { answer: paragraphs(narrateEarlier(situation, meant), failures) };
};

function callsFor(situation: Situation, meant: readonly Evidence[]): readonly PlannedCall[] {
  const { question } = situation;
  if (question.ask === "clip") return meant.slice(0, 1).flatMap((one) => exportClip(one) ?? []);
  if (asksToRead(situation)) return meant.slice(0, mostReadings).map(readClosely);
  const { event: what } = question;
  return what === "enters" || what === "leaves" ? endsIn(meant, what) : [];
}

/** For each file a call over the whole stay of all that are meant there. */
function endsIn(meant: readonly Evidence[], what: "enters" | "leaves"): readonly PlannedCall[] {
  const moving = meant.flatMap(({ path, event }) => (event ? [{ path, stay: event.presence }] : []));
  return [...new Set(moving.map(({ path }) => path))].map((media) => {
    const stays = moving.filter(({ path }) => path === media).map(({ stay }) => stay);
    const startMs = Math.min(...stays.map((stay) => stay.startMs));
    return findMoments({ what, media, startMs, endMs: Math.max(...stays.map((stay) => stay.endMs)) });
  });
}

function asksToRead({ question }: Situation): boolean {
  return question.asks.includes("read") || (question.asks.includes("say") && question.ask !== "when");
}

/** Which of the earlier findings are meant: by number, by rank, or all ("it" is the first, as it was told first). */
export function meantBy({ question, basis }: Pick<Situation, "question" | "basis">): readonly Evidence[] {
  const picked = pick(basis, question);
  if (question.ordinal || question.rank) return picked;
  return question.refers === "it" || question.refers === "there" ? basis.slice(0, 1) : picked;
}

function saved({ words }: Situation, path: unknown, evidence: readonly Evidence[]): string {
  const [one] = evidence;
  return `${words.exported(String(path))}${one ? `: ${place(one)}` : ""}`;
}
