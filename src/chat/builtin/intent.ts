import type { Ask, EventWish } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

/** The more telling ask words come first: "what … say" asks what was said, "tell me how many" asks for a number. */
const askOrder: readonly Ask[] = [
  "help",
  "clip",
  "how-much",
  "how-long",
  "how-many",
  "colour",
  "compare",
  "when",
  "where",
  "about",
  "read",
  "say",
  "exists",
  "which",
  "list",
  "find",
  "what",
  "greeting",
];
const yesNo = new Set(["is", "are", "was", "were", "does", "do", "did", "has", "have", "can", "any"]);
const eventOrder: readonly EventWish[] = [
  "camera-moves",
  "enters",
  "leaves",
  "disappears",
  "appears",
  "visits",
  "moves",
  "any",
];

/** What is asked. A bare noun phrase ("red car") is a request to find it; "does … ?" and "…吗?" ask whether. */
export function askOf(tokens: readonly Token[], facts: { hasEvent: boolean; asksAmount: boolean }): Ask {
  const asks = tokens.flatMap(({ meaning }) => (meaning?.role === "ask" ? [meaning.value] : []));
  const best = askOrder.find((ask) => asks.includes(ask));
  if (facts.asksAmount && (best === undefined || best === "what" || best === "find")) return "how-much";
  if (best === "what" && facts.hasEvent && asksWho(tokens)) return "when";
  if (best) return best;
  if (yesNo.has(tokens[0]?.word ?? "") || tokens.at(-1)?.word === "吗") return "exists";
  return "find";
}

/** "Who enters?", "谁进来了?": nobody can be named, but the moment can. */
export function asksWho(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.word === "who" || token.word === "whos" || token.word === "谁");
}

/** What happens. "Left" is a verb where no preposition makes it a side. */
export function eventOf(tokens: readonly Token[]): EventWish | undefined {
  const wishes = new Set(tokens.flatMap(({ meaning }) => (meaning?.role === "event" ? [meaning.value] : [])));
  if (wishes.size === 0 && tokens.some((token) => token.word === "left")) return "leaves";
  return eventOrder.find((wish) => wishes.has(wish));
}
