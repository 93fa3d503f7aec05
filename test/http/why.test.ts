import { expect, test } from "vitest";
import { linkOf } from "../../src/http/answer-links.ts";
import { parseRoute, placeOfRoute } from "../../src/http/page/client/route.ts";
import { queryWordsOf, type Snippet, whyOf } from "../../src/http/why.ts";
import type { Finding } from "../../src/media/citation.ts";
import type { MediaId } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan, wholeSpan } from "../../src/media/span.ts";

const mediaId = "sha256:0f" as MediaId;
const ofText = (text: string): Finding => ({
  mediaId,
  kind: "document",
  path: "/a.pdf",
  span: pageSpan(1),
  source: "text",
  text,
});
const marked = ({ text, marks }: Snippet) => marks.map(([from, to]) => text.slice(from, to));

test("the words of the query that a text holds are named, and marked where they stand", () => {
  const why = whyOf(ofText("Two invoices, sent in March."), queryWordsOf("the invoice for the boiler"));
  expect(why).toMatchObject({ sources: ["text"], words: ["invoice"] });
  expect(why.snippet && marked(why.snippet)).toEqual(["invoices"]);
});

test("a word is named once however often it was asked for, and the words of a very long query are not all looked for", () => {
  expect(queryWordsOf("boiler, the boiler").map(({ word }) => word)).toEqual(["boiler"]);
  const many = Array.from({ length: 80 }, (_, n) => `kw${n}`);
  expect(queryWordsOf(many.join(" ")).map(({ word }) => word)).toEqual(many.slice(0, 16));
});

test("of a long text the piece around the first word is shown, cut between words", () => {
  const long = `${"lorem ipsum ".repeat(60)}the boiler was serviced ${"dolor sit ".repeat(60)}`;
  const { snippet } = whyOf(ofText(long), queryWordsOf("boiler"));
  expect(snippet && marked(snippet)).toEqual(["boiler"]);
  expect(snippet?.text).toMatch(/^…(?:lorem|ipsum) .*boiler.*…$/);
  expect(snippet?.text.length).toBeLessThan(170);
});

test("Chinese words are found though the reader of pictures put spaces between their characters", () => {
  const why = whyOf(ofText("五 月 锅 炉 检修 240 元"), queryWordsOf("锅炉"));
  expect(why.snippet && marked(why.snippet)).toEqual(["锅 炉"]);
});

test("words are found as search finds them: endings, accents of the query, months of a date, and no parts of words", () => {
  const foundIn = (text: string, query: string) => {
    const { snippet } = whyOf(ofText(text), queryWordsOf(query));
    return snippet ? marked(snippet) : [];
  };
  expect(foundIn("Two parties parked here.", "party parking")).toEqual(["parties", "parked"]);
  expect(foundIn("The café opens.", "café")).toEqual(["café"]);
  expect(foundIn("Date 2024-03-14, paid", "march")).toEqual(["2024-03"]);
  expect(foundIn("carpet and scar", "car")).toEqual([]);
  expect(foundIn("C++ (see [x])", "c++ ([x]")).toEqual(["C", "x"]);
  // A word inside another's place, and one behind it that still lies in that place, are marked with it.
  expect(foundIn("Date 2024-03-14, paid", "march 2024 03")).toEqual(["2024-03"]);
});

test("an event says which words it fits in either language, and everything that speaks for it", () => {
  const finding: Finding = {
    ...ofText("something red enters"),
    kind: "video",
    span: timeSpan(1000, 2000),
    source: "event",
    sources: ["event", "frame"],
    event: {
      kind: "enters",
      startMs: 1000,
      endMs: 2000,
      track: 1,
      presence: { startMs: 1000, endMs: 9000 },
      size: "medium",
      area: 0.1,
      colour: "red",
    },
  };
  expect(whyOf(finding, queryWordsOf("red car enters from the left"))).toEqual({
    sources: ["event", "frame"],
    words: ["red", "enters"],
  });
  expect(whyOf(finding, queryWordsOf("蓝色的车进入")).words).toEqual(["进入"]);
});

test("what only looks like the query has no words to show", () => {
  const { text: _, ...picture } = ofText("");
  expect(whyOf({ ...picture, source: "frame" }, [])).toEqual({ sources: ["frame"], words: [] });
});

test("a link to a moment leads the page to it, with the token where one is needed", () => {
  const hashOf = (link: string) => parseRoute(new URL(link).hash);
  const origin = "http://127.0.0.1:7860";
  const moment = linkOf({ mediaId, span: timeSpan(12_345, 18_600) }, origin);
  expect(moment).toBe("http://127.0.0.1:7860/#media=sha256%3A0f&t=12.345,18.6");
  expect(hashOf(moment)).toMatchObject({ media: mediaId });
  expect(placeOfRoute(hashOf(moment))).toEqual({ startMs: 12_345, endMs: 18_600 });
  expect(placeOfRoute(hashOf(linkOf({ mediaId, span: pageSpan(3) }, origin)))).toEqual({ page: 3 });
  const whole = linkOf({ mediaId, span: wholeSpan }, "http://nas:7860", "a+b/c");
  expect(new URL(whole).searchParams.get("token")).toBe("a+b/c");
  expect(hashOf(whole)).toEqual({ view: "home", media: mediaId });
});
