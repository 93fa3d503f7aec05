// Written with escapes, so that this file itself stays plain.
const escapeSequences =
  // CSI and OSC sequences, then any other two-character escape.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[PX^_][^\u001b\u009c]*(?:\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const controlCharacters = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;
/** Bidi overrides and isolates, zero-width characters, the byte-order mark, tag characters, lone surrogates. */
const invisibleCharacters =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

/**
 * Text from media as neutral data for a terminal, a page or a prompt: without terminal sequences, control and
 * invisible characters or bidi overrides; white space collapsed; at most `maxChars` characters, the last an
 * ellipsis where something was cut.
 */
export function plainText(text: string, maxChars: number): string {
  const clean = text
    .replace(escapeSequences, "")
    .replace(controlCharacters, "")
    .replace(invisibleCharacters, "")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...clean];
  if (characters.length <= maxChars) return clean;
  return `${characters
    .slice(0, Math.max(0, maxChars - 1))
    .join("")
    .trimEnd()}…`;
}

/** As `plainText`, but lines and the spaces in them stay: for answers, code and quotes of several lines. */
export function plainLines(text: string): string {
  return text
    .replace(/\r\n?/gu, "\n")
    .replace(escapeSequences, "")
    .replace(/\t/gu, "    ")
    .replace(/[\v\f\u0085\u2028\u2029]/gu, " ")
    .replace(controlCharacters, "")
    .replace(invisibleCharacters, "");
}
