/** What a stretch of a model's text is: an answer, a thought between `<think>` tags, or a call written out in tags. */
export interface MarkedPiece {
  readonly kind: "text" | "thinking" | "call";
  readonly text: string;
}

const tags = [
  { open: "<think>", close: "</think>", kind: "thinking" },
  { open: "<tool_call>", close: "</tool_call>", kind: "call" },
] as const;

/** A call is kept until its closing tag; one that grows past this is given back as it stands. */
const longestCall = 32 * 1024;

/**
 * Parts a streamed text at its tags, which chunk borders may cut anywhere. Servers leave `<think>` in the text when
 * the template knows no thoughts, and `<tool_call>` when no parser is set. Text is given on at once, but for an end
 * that may be the start of a tag; calls come whole. `inThought`: the text begins inside a thought.
 */
export function createMarkedText({ inThought = false, calls = true } = {}): {
  push(text: string): readonly MarkedPiece[];
  end(): readonly MarkedPiece[];
  inThought(): boolean;
} {
  let inside: (typeof tags)[number] | undefined = inThought ? tags[0] : undefined;
  let held = "";
  const known = calls ? tags : tags.slice(0, 1);

  /** Gives what is certain of `held`; true when a tag was passed and there may be more. */
  const step = (pieces: MarkedPiece[]): boolean => {
    const wanted = inside ? [inside.close] : known.map((tag) => tag.open);
    const at = wanted
      .map((tag) => ({ tag, index: held.indexOf(tag) }))
      .filter(({ index }) => index >= 0)
      .sort((a, b) => a.index - b.index)[0];
    const kind = inside?.kind ?? "text";
    if (at) {
      add(pieces, kind, held.slice(0, at.index));
      held = held.slice(at.index + at.tag.length);
      inside = inside ? undefined : known.find((tag) => tag.open === at.tag);
      return true;
    }
    if (kind === "call" && held.length < longestCall) return false;
    const certain = held.length - tailOf(held, wanted);
    add(pieces, kind, held.slice(0, certain));
    held = held.slice(certain);
    return false;
  };

  return {
    push(text) {
      held += text;
      const pieces: MarkedPiece[] = [];
      while (step(pieces)) {}
      return pieces;
    },
    end() {
      const pieces: MarkedPiece[] = [];
      add(pieces, inside?.kind ?? "text", held);
      held = "";
      return pieces;
    },
    inThought: () => inside?.kind === "thinking",
  };
}

function add(pieces: MarkedPiece[], kind: MarkedPiece["kind"], text: string): void {
  if (text !== "") pieces.push({ kind, text });
}

/** How many characters at the end may be the start of one of the tags. */
function tailOf(text: string, wanted: readonly string[]): number {
  const longest = Math.max(...wanted.map((tag) => tag.length)) - 1;
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(-length);
    if (wanted.some((tag) => tag.startsWith(end))) return length;
  }
  return 0;
}
