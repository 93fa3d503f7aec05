import type { Paint } from "./paint.ts";

/** What the terminal of this environment can show. */
export function paintFor(env: NodeJS.ProcessEnv): Paint {
  if (env.NO_COLOR || env.FORCE_COLOR === "0") return { colour: "none", links: linksFor(env) };
  const full = /truecolor|24bit/i.test(env.COLORTERM ?? "") || /direct|kitty|ghostty/.test(env.TERM ?? "");
  return { colour: full ? "full" : "256", links: linksFor(env) };
}

/** OSC 8: terminals that do not know it show the text alone, but some old ones print the address. */
function linksFor(env: NodeJS.ProcessEnv): boolean {
  const { TERM = "", TMUX, VTE_VERSION, TERM_PROGRAM, WT_SESSION, KITTY_WINDOW_ID, KONSOLE_VERSION } = env;
  if (env.FORCE_HYPERLINK) return env.FORCE_HYPERLINK !== "0";
  if (TMUX || TERM.startsWith("screen") || env.CI || TERM_PROGRAM === "Apple_Terminal") return false;
  if (/kitty|ghostty|alacritty|foot|wezterm/.test(TERM)) return true;
  return Boolean(
    Number(VTE_VERSION) >= 5000 || TERM_PROGRAM || WT_SESSION || KITTY_WINDOW_ID || KONSOLE_VERSION,
  );
}
