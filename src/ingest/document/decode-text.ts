const byteOrderMarks: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Bytes → text. The encoding: its byte-order mark; UTF-8 where it is valid; UTF-16 by its zeros; else GB 18030 where
 * high bytes come in pairs as Chinese text has them, or Windows-1252. A character that the end cuts through is left
 * out. Undefined for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = encodingOf(bytes);
  const text = decoded(bytes, encoding, false);
  return text === undefined || isBinary(text) ? undefined : text.replace(/\r\n?/gu, "\n");
}

function encodingOf(bytes: Uint8Array): string {
  const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[0];
  const wide = wideEncoding(bytes);
  if (wide) return wide;
  if (decoded(bytes, "utf-8", true) !== undefined) return "utf-8";
  return hasPairs(bytes) && decoded(bytes, "gb18030", true) !== undefined ? "gb18030" : "windows-1252";
}

function decoded(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark: Latin letters, spaces and line ends have one zero byte each, all on the same side. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0];
  const length = Math.min(bytes.length & ~1, 4096);
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > length / 20 && even === 0) return "utf-16le";
  return even > length / 20 && odd === 0 ? "utf-16be" : undefined;
}

function hasPairs(bytes: Uint8Array): boolean {
  let high = 0;
  let paired = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) paired += 1;
  }
  return paired >= high * 0.7;
}

function isBinary(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/gu)?.length ?? 0;
  return controls > text.length / 200;
}
