/** 12_300_000 → "12.3 MB" (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** Two digits, for what is only roughly known: 412_400_000 → "410 MB", 3_340_000_000 → "3.3 GB". */
export function formatAbout(bytes: number): string {
  return formatBytes(Number(bytes.toPrecision(2))).replace(/^(\d{2,})\.0/, "$1");
}

/** A duration in the largest unit that keeps two digits or so; `units` are the words for s, min and h. */
export function formatDuration(ms: number, units: readonly [string, string, string]): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} ${units[0]}`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} ${units[1]}` : `${(minutes / 60).toFixed(1)} ${units[2]}`;
}
