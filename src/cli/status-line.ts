/** One line on a terminal's stderr that the next one replaces; "" clears it. Nothing where stderr is no terminal. */
export function showStatus(text: string): void {
  if (!process.stderr.isTTY) return;
  const width = Math.max(20, (process.stderr.columns ?? 80) - 1);
  process.stderr.write(`\r\x1b[2K${[...text].slice(0, width).join("")}`);
}
