import type { Paint } from "./paint.ts";

/** What the terminal of this environment can show. */
export function paintFor(env: NodeJS.ProcessEnv): Paint {
  if (env.NO_COLOR || env.FORCE_COLOR === "0") return { colour: "none", links: linksFor(env) };
  const full = /truecolor|24bit/i.test(env.COLORTERM ?? "") || /direct/.test(env.TERM ?? "");
  return { colour: full ? "full" : "256", links: linksFor(env) };
}

/** OSC 8: terminals that do not know it show the text alone, but some old ones print the address. */
function linksFor({
  TERM = "",
  TMUX,
  VTE_VERSION,
  TERM_PROGRAM,
  WT_SESSION,
  KITTY_WINDOW_ID,
}: NodeJS.ProcessEnv) {
  if (TMUX || TERM.startsWith("screen")) return false;
  return Boolean(Number(VTE_VERSION) >= 5000 || TERM_PROGRAM || WT_SESSION || KITTY_WINDOW_ID);
}
