/** As GGUF numbers them: control tokens are never made from text, user-defined ones are. */
export const tokenTypes = { normal: 1, control: 3, userDefined: 4 } as const;
export type TokenType = (typeof tokenTypes)[keyof typeof tokenTypes];

/** GPT-2's map from bytes to printable characters, which byte-level vocabularies are written in. */
export const byteCharacters: readonly string[] = (() => {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
})();

export function toByteLevel(text: string): string {
  return [...Buffer.from(text, "utf8")].map((byte) => byteCharacters[byte]).join("");
}

const control = [
  ...["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>"],
  ...["<|box_start|>", "<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>"],
  ...["<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"],
];
const userDefined = [
  ...["<tool_call>", "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|fim_pad|>"],
  ...["<|repo_name|>", "<|file_sep|>", "<tool_response>", "</tool_response>", "<think>", "</think>"],
];

/** Qwen's special tokens, with the types of the published files. */
export const specialTokens: readonly (readonly [string, TokenType])[] = [
  ...control.map((text) => [text, tokenTypes.control] as const),
  ...userDefined.map((text) => [text, tokenTypes.userDefined] as const),
];

export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly types: readonly TokenType[];
  /** A token's number by its text, written plainly or byte by byte. Throws for a text that is no token. */
  id(text: string): number;
}

/** All 256 bytes, Qwen's special tokens, and `extra`. */
export function makeVocabulary(extra: readonly (readonly [string, TokenType])[] = []): Vocabulary {
  const spelled = (text: string, type: TokenType) => (type === tokenTypes.normal ? toByteLevel(text) : text);
  const all = [
    ...byteCharacters.map((text) => [text, tokenTypes.normal] as const),
    ...specialTokens,
    ...extra.map(([text, type]) => [spelled(text, type), type] as const),
  ];
  const tokens = all.map(([text]) => text);
  const numbers = new Map(tokens.map((text, number) => [text, number]));
  // llama.cpp ends the whole process when two tokens have one text.
  if (numbers.size !== tokens.length) {
    const twice = tokens.filter((text, i) => tokens.indexOf(text) !== i);
    throw new Error(`Two tokens have the same text: ${JSON.stringify(twice)}`);
  }
  const id = (text: string) => {
    const number = numbers.get(text) ?? numbers.get(toByteLevel(text));
    if (number === undefined) throw new Error(`No token ${JSON.stringify(text)}`);
    return number;
  };
  return { tokens, types: all.map(([, type]) => type), id };
}

const head =
  "{%- if tools %}{{- '<|im_start|>system\\n' }}{%- if messages[0].role == 'system' %}" +
  "{{- messages[0].content + '\\n\\n' }}{%- endif %}{{- '# Tools\\n\\n<tools>' }}{%- for tool in tools %}" +
  "{{- '\\n' + (tool | tojson) }}{%- endfor %}{{- '\\n</tools><|im_end|>\\n' }}" +
  "{%- elif messages[0].role == 'system' %}" +
  "{{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}{%- endif %}";
const instructBody =
  "{%- for message in messages %}{%- if message.role != 'system' or not loop.first %}" +
  "{{- '<|im_start|>' + message.role + '\\n' }}" +
  "{%- if message.content is string %}{{- message.content }}{%- elif message.content %}" +
  "{%- for part in message.content %}{%- if part.type == 'text' %}{{- part.text }}" +
  "{%- else %}{{- '<|vision_start|><|image_pad|><|vision_end|>' }}{%- endif %}{%- endfor %}{%- endif %}" +
  "{%- if message.tool_calls %}{%- for call in message.tool_calls %}" +
  '{{- \'<tool_call>\\n{"name": "\' + call.function.name + \'", "arguments": \' }}' +
  "{%- if call.function.arguments is string %}{{- call.function.arguments }}" +
  "{%- else %}{{- call.function.arguments | tojson }}{%- endif %}" +
  "{{- '}\\n</tool_call>' }}{%- endfor %}{%- endif %}" +
  "{{- '<|im_end|>\\n' }}{%- endif %}{%- endfor %}";
const opening = (after: string) =>
  `{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n${after}' }}{%- endif %}`;

/** ChatML with Qwen's tools: what the templates of the published files do, shorter. */
export const instructTemplate = head + instructBody + opening("");
/** The Thinking checkpoints open the thought in the prompt. */
export const thinkingTemplate = head + instructBody + opening("<think>\\n");
