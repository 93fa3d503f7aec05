import type { TuiMessages } from "../messages/tui.ts";
import type { IndexingView } from "./chat-state.ts";

const barCells = 9;

/** "index 412/1300 ███░░░░░░ 32 % · about 9 min"; in a narrow window less. */
export function indexingText(view: IndexingView, say: TuiMessages, columns: number): string {
  const { fraction, what, done, total, etaMs } = view;
  const percent = `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`;
  const amount = what ?? (total === undefined ? "" : `${done ?? 0}/${total}`);
  if (columns < 60) return say.indexing(amount === "" || what ? percent : amount);
  const eta = etaMs === undefined || etaMs < 1000 ? [] : [say.about(etaMs)];
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barCells);
  const bar = "█".repeat(filled) + "░".repeat(barCells - filled);
  const parts = [amount, bar, percent].filter(Boolean).join(" ");
  return [what ? parts : say.indexing(parts), ...eta].join(" · ");
}
