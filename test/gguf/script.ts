/** Colours that the scripted eyes tell apart. */
export const colours = ["red", "green", "blue"] as const;
export type Colour = (typeof colours)[number];

/** A piece of what is said: one token of the vocabulary, so that a history rendered again holds it whole. */
export interface Chunk {
  readonly text: string;
  /** Said instead, in this order, where a grammar forbids what comes next. */
  readonly otherwise?: readonly string[];
  /** What follows depends on what the eyes saw last. */
  readonly byColour?: Readonly<Record<Colour, string>>;
}

/** When `when` is the trigger that stands last in the prompt, the model says `say`. */
export interface Rule {
  /** Any text of a prompt: a part of a question, of a tool's result. It is found letter by letter. */
  readonly when: string;
  /** Said when a thought is opened, or to open one. */
  readonly thought?: string;
  readonly say: readonly (string | Chunk)[];
}

/**
 * The chunks of a tool call in Qwen's syntax. node-llama-cpp puts line breaks of its own after a name and after the
 * arguments, where a server reads the model's text as it is: both go on to the end of the call.
 */
export function callOf(name: string, input: unknown): readonly Chunk[] {
  return [
    { text: "<tool_call>" },
    { text: '\n{"name": "' },
    { text: name, otherwise: ["\n"] },
    { text: '", "arguments": ' },
    { text: JSON.stringify(input), otherwise: ["\n\n\n\n"] },
    { text: "}\n" },
    { text: "</tool_call>" },
  ];
}

export function chunksOf(rule: Pick<Rule, "say">): readonly Chunk[] {
  return rule.say.map((one) => (typeof one === "string" ? { text: one } : one));
}
