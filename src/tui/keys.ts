/** What a person did at the keyboard. `named` keys carry no text. */
export type Key =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "paste"; readonly text: string }
  | { readonly type: "named"; readonly name: string }
  /** What the terminal itself said: an answer to a question of this program, in full. */
  | { readonly type: "reply"; readonly text: string };

const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's answers are control sequences
const stringStart = /^\u001b[_P\]^X]/;
/** Device attributes, sizes and the cursor's place, which no key sends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's answers are control sequences
const replyEnd = /^\u001b\[[?>]?[\d;]*[ctRyn]$/;
const longestReply = 4096;

const sequences: Readonly<Record<string, string>> = {
  "[A": "up",
  "[B": "down",
  "[C": "right",
  "[D": "left",
  OA: "up",
  OB: "down",
  OC: "right",
  OD: "left",
  "[H": "home",
  "[F": "end",
  OH: "home",
  OF: "end",
  "[1~": "home",
  "[4~": "end",
  "[3~": "delete",
  "[1;5C": "word-right",
  "[1;5D": "word-left",
  "[1;3C": "word-right",
  "[1;3D": "word-left",
  "[13;2u": "newline",
  "[27;2;13~": "newline",
  "\r": "newline",
  "\n": "newline",
  "\u007f": "erase-word",
  "\b": "erase-word",
  b: "word-left",
  f: "word-right",
  t: "toggle-thinking",
};

const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\n": "newline",
  "\t": "tab",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0001": "home",
  "\u0002": "left",
  "\u0003": "interrupt",
  "\u0004": "end-of-input",
  "\u0005": "end",
  "\u0006": "right",
  "\u000b": "erase-to-end",
  "\u000e": "down",
  "\u000f": "toggle-results",
  "\u0010": "up",
  "\u0012": "search-history",
  "\u0014": "toggle-thoughts",
  "\u0015": "erase-to-start",
  "\u0017": "erase-word",
};

/**
 * Reads a terminal's bytes as keys. What comes in one chunk need not be one key (`hello\r`), and a sequence may come
 * in two: `push` keeps an unfinished one, `flush` takes a lone escape for the key Esc.
 */
export function openKeyReader() {
  let waiting = "";
  return {
    push: (chunk: string): readonly Key[] => {
      const { keys, rest } = readKeys(waiting + chunk);
      waiting = rest;
      return keys;
    },
    /** True when only more input, or the lack of it, tells what was pressed. */
    isWaiting: () => waiting !== "" && !waiting.startsWith(pasteStart),
    flush: (): readonly Key[] => {
      const escaped = waiting.startsWith("\u001b") && !waiting.startsWith(pasteStart);
      if (!escaped) return [];
      const pressed = !stringStart.test(waiting);
      waiting = "";
      return pressed ? [named("escape")] : [];
    },
  };
}

function readKeys(input: string): { readonly keys: readonly Key[]; readonly rest: string } {
  const keys: Key[] = [];
  let at = 0;
  while (at < input.length) {
    const step = input[at] === "\u001b" ? readEscape(input.slice(at)) : readPlain(input.slice(at));
    if (step === undefined) break;
    if (step.key) keys.push(step.key);
    at += step.length;
  }
  return { keys, rest: input.slice(at) };
}

interface Step {
  readonly key: Key | undefined;
  readonly length: number;
}

function readEscape(input: string): Step | undefined {
  if (input.startsWith(pasteStart)) {
    const end = input.indexOf(pasteEnd);
    if (end < 0) return undefined;
    const text = input.slice(pasteStart.length, end).replace(/\r\n?/g, "\n");
    return { key: { type: "paste", text }, length: end + pasteEnd.length };
  }
  if (input.length === 1) return undefined;
  if (stringStart.test(input)) return readString(input);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's keys are control sequences
  const whole = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O[@-~]|[^[O\u001b])/u.exec(input)?.[0];
  if (whole === undefined) {
    if (input[1] === "\u001b") return { key: named("escape"), length: 1 };
    return input.length < 32 ? undefined : { key: undefined, length: input.length };
  }
  const name = sequences[whole.slice(1)];
  // Over a slow line Esc and the key after it come as one: Ctrl+C is never lost.
  if (name === undefined && controls[whole.slice(1)] !== undefined)
    return { key: named("escape"), length: 1 };
  if (name === undefined && replyEnd.test(whole))
    return { key: { type: "reply", text: whole }, length: whole.length };
  return { key: name === undefined ? undefined : named(name), length: whole.length };
}

/** A string of control (APC, DCS, OSC, PM, SOS) is never typed. */
function readString(input: string): Step | undefined {
  const ends = ["\u001b\\", "\u0007"].flatMap((end) => {
    const at = input.indexOf(end, 2);
    return at < 0 ? [] : [at + end.length];
  });
  const length = Math.min(...ends);
  if (ends.length > 0) return { key: { type: "reply", text: input.slice(0, length) }, length };
  return input.length < longestReply ? undefined : { key: undefined, length: input.length };
}

function readPlain(input: string): Step {
  const first = input[0] ?? "";
  const name = controls[first];
  if (name !== undefined) return { key: named(name), length: 1 };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text ends where a control character comes
  const text = /^[^\u0000-\u001f\u007f]+/u.exec(input)?.[0];
  return text === undefined
    ? { key: undefined, length: 1 }
    : { key: { type: "text", text }, length: text.length };
}

function named(name: string): Key {
  return { type: "named", name };
}
