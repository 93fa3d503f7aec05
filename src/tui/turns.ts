import { resolveHandles, toCitation } from "../agent/citations.ts";
import type { Conversation } from "../agent/conversation.ts";
import type { Citation } from "../media/citation.ts";
import { failureOf } from "../media/system-failure.ts";
import { failureIn } from "../messages/failures.ts";
import { languageOf } from "../messages/messages.ts";
import type { TuiMessages } from "../messages/tui.ts";
import { askOnce } from "./ask.ts";
import { withoutMarks } from "./attach.ts";
import type { ChatLibrary } from "./chat-library.ts";
import { blocksOfConversation, type Store, type WaitingQuestion } from "./chat-state.ts";
import { continued } from "./continued.ts";
import { illustrated } from "./illustrate.ts";
import { citationsOf, conversationOf, type Saving } from "./saving.ts";
import type { SavedSession } from "./sessions.ts";
import { thumbnailSide } from "./thumbnails.ts";
import { type Block, emptyRun } from "./view.ts";

/** One conversation at a time, one question of it after the other. */
export interface Turns {
  /** What the last answer cites; its position plus one is the number on the screen. */
  citations(): readonly Citation[];
  /** Asks, or waits for its turn while another question is at work. */
  ask(question: WaitingQuestion): void;
  /** Stops model and tools; false when nothing was at work. */
  stop(): boolean;
  /** Stops what is at work, forgets what waits, and is done when it has ended. */
  rest(): Promise<void>;
  /** Forgets the conversation; what was asked stays saved. */
  startAfresh(): void;
  /** Goes on with a saved conversation; done when what was said in it is on the screen. Questions wait for that. */
  takeUp(session: SavedSession): Promise<void>;
}

export interface TurnsParts {
  readonly store: Store;
  readonly say: TuiMessages;
  readonly saving: Saving;
  /** Cited moments are shown with pictures. */
  readonly showsPictures: boolean;
}

export function openTurns(
  { app, library, links }: Pick<ChatLibrary, "app" | "library" | "links">,
  { store, say, saving, showsPictures }: TurnsParts,
): Turns {
  let conversation: Promise<Conversation> | undefined;
  let citations: readonly Citation[] = [];
  /** The conversation of the turn at work. */
  let speaking: Conversation | undefined;
  let stopping: AbortController | undefined;
  let working: Promise<void> | undefined;
  let takingUp: AbortController | undefined;
  let takenUp: Promise<void> = Promise.resolve();

  /** Nothing to ask yet: what one can do here, and no command for a shell. */
  const whereEmpty = async (): Promise<Block | undefined> => {
    const state = await app().then(
      (opened) => opened.state(),
      () => undefined,
    );
    if (state === undefined || (state.counts?.items ?? 0) > 0) return undefined;
    if (store.get().indexing) return { type: "note", text: say.nothingIndexedSoFar };
    return state.roots.length === 0 ? { type: "greeting", text: say.greetingEmpty } : undefined;
  };

  const turn = async (question: WaitingQuestion, signal: AbortSignal) => {
    const language = languageOf(withoutMarks(question.text), say.language);
    try {
      saving.save();
      const opened = await library();
      conversation ??= opened.startConversation();
      const spoken = await conversation;
      speaking = spoken;
      const unfollow = saving.follow(spoken);
      try {
        const asked = { library: opened, conversation: spoken, links, language };
        citations = await askOnce(store, asked, question, signal);
      } finally {
        unfollow();
        speaking = undefined;
        saving.save(spoken);
      }
    } catch (error) {
      const failure = failureOf(error);
      if (!failure) throw error;
      store.add((await whereEmpty()) ?? { type: "failure", failure: failureIn(language, failure) });
      saving.save();
    }
  };
  const work = async () => {
    if (takingUp) await takenUp;
    for (;;) {
      const [next, ...queue] = store.get().queue;
      if (next === undefined) return;
      stopping = new AbortController();
      // At work from here on: opening the library and its model may take long, and can be stopped.
      store.change({ queue, run: { ...emptyRun, turnSince: performance.now() } });
      const asked = continued(next, blocksOfConversation(store.get()));
      store.add({ type: "question", ...asked });
      await turn(asked, stopping.signal);
      stopping = undefined;
      store.change({ run: undefined, stopping: false });
    }
  };
  const goOnWith = async (session: SavedSession, signal: AbortSignal) => {
    // No language model is needed for them, which may take long to load.
    const source = async () => (await app()).openLibrary({ searchOnly: true });
    const side = () => (store.get().finePictures ? thumbnailSide.fine : thumbnailSide.coarse);
    // Numbers can be used at once, as soon as they are seen.
    citations = citationsOf(session);
    if (links.isOn && citations.length > 0) await links.start();
    const said = showsPictures ? await illustrated(session.blocks, source, side, signal) : session.blocks;
    const { blocks } = store.get();
    store.change({ since: blocks.length, usage: undefined, blocks: [...blocks, ...said] });
    store.add({ type: "note", text: say.resumed(session.questions) });
    saving.turnTo(session);
    conversation = Promise.resolve(conversationOf(session));
  };

  return {
    citations: () => {
      // Numbers are on the screen before what they stand for is checked.
      const said = store.get().run?.text ?? "";
      const cited = speaking ? resolveHandles(said, speaking.find).cited : [];
      return cited.length > 0 ? cited.map((one) => toCitation(one, "unchecked")) : citations;
    },
    ask: (question) => {
      store.change({ queue: [...store.get().queue, question] });
      working ??= work().finally(() => {
        working = undefined;
      });
    },
    stop: () => {
      // What is still to be read of a conversation is its pictures.
      if (takingUp && !takingUp.signal.aborted) {
        takingUp.abort();
        return true;
      }
      if (!stopping || stopping.signal.aborted) return false;
      stopping.abort();
      store.change({ stopping: true });
      return true;
    },
    rest: async () => {
      store.change({ queue: [] });
      takingUp?.abort();
      stopping?.abort();
      await takenUp;
      await working;
    },
    startAfresh: () => {
      conversation = undefined;
      citations = [];
      store.change({ since: store.get().blocks.length, usage: undefined });
      saving.turnTo(undefined);
    },
    takeUp: (session) => {
      const reading = new AbortController();
      takingUp = reading;
      store.change({ takingUp: true });
      takenUp = takenUp
        .then(() => goOnWith(session, reading.signal))
        .finally(() => {
          if (takingUp !== reading) return;
          takingUp = undefined;
          store.change({ takingUp: false });
        });
      return takenUp;
    },
  };
}
