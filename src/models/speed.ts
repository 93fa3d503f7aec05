/** Bytes a second over the last seconds, for a time left that does not jump. Times are in milliseconds. */
export interface Speed {
  /** Returns bytes a second; 0 before there are two measurements. */
  note(bytes: number, nowMs: number): number;
}

const windowMs = 8_000;

export function speedometer(): Speed {
  let marks: { readonly bytes: number; readonly atMs: number }[] = [];
  return {
    note: (bytes, nowMs) => {
      // A part that was thrown away is no negative speed.
      if (bytes < (marks.at(-1)?.bytes ?? 0)) marks = [];
      marks.push({ bytes, atMs: nowMs });
      marks = marks.filter(({ atMs }, index) => nowMs - atMs <= windowMs || index === marks.length - 1);
      const first = marks[0];
      if (!first || nowMs <= first.atMs) return 0;
      return ((bytes - first.bytes) / (nowMs - first.atMs)) * 1000;
    },
  };
}
