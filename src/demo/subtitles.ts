/** One subtitle, in milliseconds from the start of its video. */
export interface Caption {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** SubRip text. */
export function subRip(captions: readonly Caption[]): string {
  return captions
    .map(
      ({ startMs, endMs, text }, index) => `${index + 1}\n${stamp(startMs)} --> ${stamp(endMs)}\n${text}\n`,
    )
    .join("\n");
}

/** 62_500 → "00:01:02,500". */
function stamp(ms: number): string {
  const part = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, "0");
  return `${part(ms / 3_600_000)}:${part((ms / 60_000) % 60)}:${part((ms / 1000) % 60)},${part(ms % 1000, 3)}`;
}
