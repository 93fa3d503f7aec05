import { ApiFailure, ask, failureOf, isAbort, isRecord, type Question } from "./api.ts";
import { releaseAttachment } from "./attachment.ts";
import { announce, el } from "./dom.ts";
import { say } from "./say.ts";
import { serverEvents } from "./server-events.ts";
import { failTurn, newTurn, reduceTurn, stopTurn, type TurnEvent, type TurnState } from "./turn-state.ts";
import { openTurn } from "./turn-view.ts";
import type { Viewing } from "./viewer.ts";

export interface AskView {
  readonly element: HTMLElement;
  /** Whether a next question is a follow-up. */
  readonly isOngoing: boolean;
  ask(question: Omit<Question, "conversation">, signal: AbortSignal): Promise<void>;
  /** Forgets the conversation; the next question starts a new one. */
  clear(): void;
}

/** A conversation: each question with its streamed answer, newest last. */
export function openAsk(open: (viewing: Viewing) => void): AskView {
  const element = el("section", { class: "conversation", "aria-label": say.ask.title });
  let conversation: string | undefined;

  /** Reads the run to its end; answers the last state. */
  const follow = async (response: Response, signal: AbortSignal, show: (state: TurnState) => void) => {
    let state = newTurn;
    if (!response.body) return state;
    for await (const { event, data } of serverEvents(response.body)) {
      signal.throwIfAborted();
      const said = parse(event, data);
      if (said?.type === "conversation") conversation = said.id;
      if (said) state = reduceTurn(state, said);
      show(state);
    }
    return state;
  };

  return {
    element,
    get isOngoing() {
      return conversation !== undefined;
    },
    ask: async (question, signal) => {
      const turn = openTurn(question, open);
      element.append(turn.element);
      if (turn.element.previousElementSibling) turn.element.scrollIntoView({ block: "start" });
      announce(say.ask.working);
      let state = newTurn;
      const show = (next: TurnState) => {
        state = next;
        turn.show(next);
      };
      show(state);
      try {
        const sent = { ...question, ...(conversation === undefined ? {} : { conversation }) };
        await follow(await ask(sent, signal), signal, show);
        if (state.phase === "running") show(failTurn(state, say.ask.lost, say.ask.lostRemedy));
      } catch (error) {
        show(afterError(state, error, signal));
      }
      announce(state.text || say.ask.stopped);
    },
    clear: () => {
      conversation = undefined;
      releaseAttachment(element);
      element.replaceChildren();
    },
  };
}

function afterError(state: TurnState, error: unknown, signal: AbortSignal): TurnState {
  if (isAbort(error) || signal.aborted) return stopTurn(state);
  if (error instanceof ApiFailure) return failTurn(state, error.message, error.remedy);
  return failTurn(state, say.ask.lost, say.ask.lostRemedy);
}

/** The server writes these events: what is no object is no event of a run. */
function parse(event: string, data: string): TurnEvent | undefined {
  const body: unknown = JSON.parse(data);
  if (event === "error") throw failureOf(body);
  return isRecord(body) ? ({ ...body, type: event } as unknown as TurnEvent) : undefined;
}
