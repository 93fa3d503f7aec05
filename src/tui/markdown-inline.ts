import type { Token, Tokens } from "marked";
import { type Line, type Piece, piece, type Style } from "./line.ts";

const webAddress = /^https?:\/\//i;

/** Emphasis, code and links of one paragraph; a line break in it is a piece with the text "\n". */
export function inlinePieces(tokens: readonly Token[] | undefined, style: Style = {}): Line {
  return (tokens ?? []).flatMap((token) => piecesOf(token, style));
}

function piecesOf(token: Token, style: Style): Line {
  switch (token.type) {
    case "strong":
      return inlinePieces(token.tokens, { ...style, bold: true });
    case "em":
      return inlinePieces(token.tokens, { ...style, italic: true });
    case "del":
      return inlinePieces(token.tokens, { ...style, strike: true });
    case "codespan":
      return [piece(token.text, { ...style, colour: "cyan" })];
    case "br":
      return [piece("\n", style)];
    case "link":
      return linkPieces(token as Tokens.Link, style);
    case "image":
      return [piece(`${token.text || "image"} (${token.href})`, style)];
    default:
      if ("tokens" in token && token.tokens && token.tokens.length > 0)
        return inlinePieces(token.tokens, style);
      return [piece(entitiesOf("text" in token ? String(token.text) : token.raw), style)];
  }
}

function linkPieces({ href, text, tokens }: Tokens.Link, style: Style): Line {
  if (!webAddress.test(href)) return [...inlinePieces(tokens, style), piece(` (${href})`, style)];
  const linked = (one: Piece): Piece => ({ ...one, style: { ...one.style, underline: true }, link: href });
  const words = inlinePieces(tokens, style).map(linked);
  return text === href ? words : [...words, piece(` (${href})`, { ...style, dim: true })];
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
};

function entitiesOf(text: string): string {
  return text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => entities[entity] ?? entity);
}
