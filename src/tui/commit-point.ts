const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * How much of a streamed answer is finished: the length up to and with the last blank line outside a code fence.
 * What comes before it is drawn once and for all; what comes after may still change its meaning.
 */
export function commitPoint(text: string): number {
  let open: string | undefined;
  let point = 0;
  let at = 0;
  for (const row of text.split("\n").slice(0, -1)) {
    at += row.length + 1;
    const mark = fence.exec(row)?.[1];
    if (open === undefined) {
      if (mark !== undefined) open = mark;
      else if (row.trim() === "") point = at;
    } else if (mark !== undefined && mark[0] === open[0] && mark.length >= open.length) open = undefined;
  }
  return point;
}
