import { resolveHandles } from "../agent/citations.ts";
import type { Conversation } from "../agent/conversation.ts";
import type { Library } from "../library.ts";
import type { Citation } from "../media/citation.ts";
import type { Pixels } from "../media/pixels.ts";
import { failureIn } from "../messages/failures.ts";
import type { Language } from "../messages/messages.ts";
import type { Store, WaitingQuestion } from "./chat-state.ts";
import { inTime } from "./in-time.ts";
import type { MomentLinks } from "./moment-links.ts";
import { reduceRun } from "./reduce.ts";
import { mostThumbnails, pictureOfCitation, thumbnailSide } from "./thumbnails.ts";
import { type Block, emptyRun, type RunView } from "./view.ts";

/** Thumbnails that are not there by then are left out. */
const mostThumbnailMs = 2_000;

interface Asked {
  readonly library: Library;
  readonly conversation: Conversation;
  readonly links: Pick<MomentLinks, "isOn" | "start">;
  /** Of the question. */
  readonly language: Language;
}

/** Runs one question to its end and moves what is finished into the store's blocks. Gives the citations. */
export async function askOnce(
  store: Store,
  asked: Asked,
  question: WaitingQuestion,
  signal: AbortSignal,
): Promise<readonly Citation[]> {
  const { library, conversation, language } = asked;
  const resolve = (text: string) => resolveHandles(text, conversation.find).answer;
  const drawing = new Map<string, Promise<unknown>>();
  const drawn = new Map<string, Pixels>();
  const draw = async (citation: Citation, handle: string) => {
    const picture = await pictureOfCitation(library, citation, signal, side);
    if (picture) drawn.set(handle, picture);
  };
  const { thinking, finePictures } = store.get();
  const side = finePictures ? thumbnailSide.fine : thumbnailSide.coarse;
  const options = { thinking, attachments: question.attachments };
  let run: RunView = { ...emptyRun, turnSince: performance.now() };
  let shown = 0;
  store.change({ run });
  for await (const event of library.ask(question.text, conversation, options, signal)) {
    // What a new turn begins with is the end of the text before it.
    const said = event.type === "turn-start" ? run.text : undefined;
    run = reduceRun(run, event, {
      now: performance.now(),
      resolve,
      tell: (failure) => failureIn(language, failure),
    });
    const ended = run.blocks.slice(shown);
    const fresh = await withPlaces(ended, said ?? run.text, asked);
    shown = run.blocks.length;
    const { promptTokens, tokensPerSecond } = run;
    const usage = event.type === "usage" ? { promptTokens, tokensPerSecond } : store.get().usage;
    store.change({ run, usage, blocks: [...store.get().blocks, ...fresh] });
    if (event.type === "citation" && drawing.size < mostThumbnails)
      drawing.set(event.citation.handle, draw(event.citation, event.citation.handle));
  }
  await inTime(Promise.all(drawing.values()), mostThumbnailMs, signal);
  const moments = run.citations.map((citation, at) => {
    const thumbnail = drawn.get(citation.handle);
    return { number: at + 1, citation, ...(thumbnail ? { thumbnail } : {}) };
  });
  if (moments.length > 0) store.add({ type: "citations", moments });
  return run.citations;
}

/** The answers among the blocks with what their numbers stand for, and the links to it good. */
async function withPlaces(
  blocks: readonly Block[],
  said: string,
  { conversation, links }: Asked,
): Promise<readonly Block[]> {
  if (!blocks.some((block) => block.type === "answer")) return blocks;
  const { cited } = resolveHandles(said, conversation.find);
  if (cited.length === 0) return blocks;
  if (links.isOn) await links.start();
  const places = cited.map(({ mediaId, path, span }) => ({ mediaId, path, span }));
  return blocks.map((block) => (block.type === "answer" ? { ...block, cited: places } : block));
}
