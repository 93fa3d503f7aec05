/** How pictures come to the screen: as the terminal's own graphics, or as coloured characters. */
export type PictureProtocol = "kitty" | "iterm2" | "sixel" | "blocks" | "none";

/** What the terminal has answered so far. */
export interface TerminalAnswers {
  /** Kitty graphics. */
  readonly kitty?: boolean;
  /** The same, placed by characters of the text; kitty before 0.28 and others do not know it. */
  readonly placeholders?: boolean;
  readonly sixel?: boolean;
  /** Of one character, in pixels. */
  readonly cell?: { readonly width: number; readonly height: number };
}

const kittyQuery = [31, 32]
  .map((id) => `\u001b_Gi=${id},s=1,v=1,a=q,t=d,f=24${id === 32 ? ",U=1" : ""};AAAA\u001b\\`)
  .join("");
const cellQuery = "\u001b[16t";
const deviceQuery = "\u001b[c";

/** `SIGHTLINE_PICTURES`, where it names one. */
export function askedProtocol({ SIGHTLINE_PICTURES: asked }: NodeJS.ProcessEnv): PictureProtocol | undefined {
  return (["kitty", "iterm2", "sixel", "blocks", "none"] as const).find((one) => one === asked);
}

/**
 * The best that is known to work. A terminal inside another (tmux, screen) answers for itself and hands graphics on only
 * where it is told to: there it is blocks, unless asked.
 */
export function protocolFor(env: NodeJS.ProcessEnv, answers: TerminalAnswers): PictureProtocol {
  const asked = askedProtocol(env);
  if (asked !== undefined) return asked;
  if (env.NO_COLOR || env.FORCE_COLOR === "0") return "none";
  if (isInside(env)) return "blocks";
  if (answers.kitty) return "kitty";
  if (isItermLike(env)) return "iterm2";
  return answers.sixel ? "sixel" : "blocks";
}

/** What to ask the terminal; "" where its answer would change nothing. */
export function terminalQuery(env: NodeJS.ProcessEnv): string {
  const asked = askedProtocol(env);
  if (asked === "kitty") return kittyQuery;
  if (asked === "sixel") return cellQuery;
  if (asked !== undefined || env.NO_COLOR || isInside(env) || env.TERM === "linux") return "";
  return `${isKittyLike(env) ? kittyQuery : ""}${cellQuery}${deviceQuery}`;
}

/** The answers with what one more reply of the terminal says. */
export function withReply(answers: TerminalAnswers, reply: string): TerminalAnswers {
  // Every reply begins with an escape.
  const said = reply.slice(1);
  if (said.startsWith("_Gi=31;OK")) return { ...answers, kitty: true };
  if (said.startsWith("_Gi=32;OK")) return { ...answers, placeholders: true };
  const device = /^\[\?([\d;]*)c$/.exec(said)?.[1];
  if (device !== undefined) return { ...answers, sixel: device.split(";").slice(1).includes("4") };
  const [, height, width] = /^\[6;(\d+);(\d+)t$/.exec(said) ?? [];
  if (Number(height) > 0 && Number(width) > 0)
    return { ...answers, cell: { width: Number(width), height: Number(height) } };
  return answers;
}

function isInside({ TERM = "", TMUX }: NodeJS.ProcessEnv): boolean {
  return Boolean(TMUX) || /^(?:screen|tmux)/.test(TERM);
}

/** Those that are known to answer for their graphics; others might show the question. */
function isKittyLike({ TERM = "", TERM_PROGRAM, KITTY_WINDOW_ID }: NodeJS.ProcessEnv): boolean {
  return /kitty|ghostty/.test(TERM) || TERM_PROGRAM === "ghostty" || Boolean(KITTY_WINDOW_ID);
}

function isItermLike({ TERM_PROGRAM, LC_TERMINAL }: NodeJS.ProcessEnv): boolean {
  return TERM_PROGRAM === "iTerm.app" || TERM_PROGRAM === "WezTerm" || LC_TERMINAL === "iTerm2";
}
