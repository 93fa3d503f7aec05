import { exportClip, findMoments, mediaOf, search } from "./calls.ts";
import { moversIn, waysOf, wishOf } from "./movers.ts";
import { pick } from "./pick.ts";
import { evidenceIn, type Handler, resultsOf, type Situation } from "./situation.ts";
import { examinedLine, failuresIn, paragraphs, place } from "./wording.ts";

/** "Export the clip where the red car passes": find it, cut it out, say where it was saved. */
export const answerClip: Handler = (situation) => {
  const { steps, words } = situation;
  if (steps.length === 0) return { calls: [findIt(situation)] };
  const found = evidenceIn(steps[0] ?? []).filter((one) => one.kind === "video" && one.span.kind === "time");
  const [chosen] = pick(found, situation.question);
  const call = chosen && steps.length === 1 ? exportClip(chosen) : undefined;
  if (call) return { calls: [call] };
  const saved = resultsOf(situation, "export_clip").find((done) => !done.isError);
  const examined = examinedLine(steps.flat(), words);
  if (!saved || !chosen)
    return { answer: paragraphs(words.notFound(""), failuresIn(steps.flat()), examined) };
  return { answer: `${words.exported(String(saved.data.path))}: ${place(chosen)}` };
};

function findIt({ question }: Situation) {
  const media = mediaOf(question);
  if (moversIn(question).length === 0 && question.event === undefined) {
    return search({ query: question.query || question.text, kinds: ["video"], ...media });
  }
  const [colour] = question.colours;
  return findMoments({
    what: wishOf(question),
    ...waysOf(question),
    ...media,
    ...(colour ? { colour } : {}),
  });
}
