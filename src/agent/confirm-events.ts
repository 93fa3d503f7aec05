import type { Finding } from "../media/citation.ts";
import type { ToolResult } from "../tools/tool.ts";

/** Each look costs one short decode; in a longer list an event is tested where the answer cites it. */
const mostLookedAt = 8;

export type Confirm = (finding: Finding, signal: AbortSignal) => Promise<boolean>;

/**
 * A list of events without those that are not to be seen in the picture when it is decoded again: what fails its check
 * is no answer. `data.unconfirmed` counts those left out, and `data.count` no longer holds them.
 */
export async function withoutUnconfirmed(
  result: ToolResult,
  confirm: Confirm,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { findings, data = {} } = result;
  const isOfEvents = findings.every(({ source }) => source === "event");
  if (findings.length === 0 || findings.length > mostLookedAt || !isOfEvents) return result;
  const kept: Finding[] = [];
  for (const finding of findings) if (await confirm(finding, signal)) kept.push(finding);
  const unconfirmed = findings.length - kept.length;
  if (unconfirmed === 0) return result;
  const count = typeof data.count === "number" ? { count: data.count - unconfirmed } : {};
  const note = `${unconfirmed} of these could not be confirmed when the picture was looked at again: left out.`;
  return {
    ...result,
    findings: kept,
    text: `${result.text}\n${note}`,
    data: { ...data, ...count, unconfirmed },
  };
}
