import { basename } from "node:path";
import type { Citation, CitationCheck, Evidence } from "../media/citation.ts";
import { formatSpan } from "../media/time-code.ts";

const quoteLength = 300;
/** `[e3]`, `[e3, e4]`, `[e3][e4]`, and the full-width brackets that Chinese input gives. */
const handleGroup = /[[【［](e\d+(?:\s*[,，、;]\s*e\d+)*)[\]】］]/gi;

export interface ResolvedAnswer {
  /** Handles replaced: `0:15.0–0:18.9 [1]` at the first mention, `[1]` afterwards. */
  readonly answer: string;
  /** Cited evidence; its position plus one is the number in the answer. */
  readonly cited: readonly Evidence[];
  /** Handles that were never handed out; they are gone from the answer. */
  readonly unknownHandles: readonly string[];
}

export function resolveHandles(text: string, find: (handle: string) => Evidence | undefined): ResolvedAnswer {
  const cited: Evidence[] = [];
  const unknown = new Set<string>();

  const cite = (handle: string, before: string): string => {
    const evidence = find(handle.toLowerCase());
    if (!evidence) {
      unknown.add(handle.toLowerCase());
      return "";
    }
    const known = cited.findIndex((one) => one.handle === evidence.handle);
    if (known >= 0) return `[${known + 1}]`;
    cited.push(evidence);
    const place = formatSpan(evidence.span);
    const told = place === "" || before.endsWith(place);
    return told ? `[${cited.length}]` : `${place} [${cited.length}]`;
  };

  const answer = text.replace(handleGroup, (_, group: string, offset: number) => {
    const before = text.slice(Math.max(0, offset - 60), offset).trimEnd();
    const parts = group.split(/\s*[,，、;]\s*/).map((handle) => cite(handle, before));
    return parts.filter(Boolean).join(" ");
  });
  return { answer: unknown.size > 0 ? tidy(answer) : answer.trim(), cited, unknownHandles: [...unknown] };
}

/** Closes the gaps that removed handles leave. */
function tidy(text: string): string {
  return text
    .replace(/[(（]\s*[)）]/g, "")
    .replace(/[ \t]+([.,;:!?)，。;:!?])/g, "$1")
    .replace(/[ \t]{2,}/g, " ")
    .trim();
}

export function toCitation(evidence: Evidence, check: CitationCheck): Citation {
  const { handle, mediaId, kind, path, span, text, event } = evidence;
  const quote = text?.trim().slice(0, quoteLength);
  return {
    handle,
    mediaId,
    kind,
    path,
    span,
    check,
    ...(quote ? { quote } : {}),
    ...(event === undefined ? {} : { event }),
  };
}

/** `car.mp4 0:15.0–0:18.9`, `invoices.pdf p. 3`, `beach.jpg`. */
export function formatCitation(citation: Pick<Citation, "path" | "span">): string {
  return [basename(citation.path), formatSpan(citation.span)].filter(Boolean).join(" ");
}
