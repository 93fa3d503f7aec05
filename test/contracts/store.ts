import { expect, test } from "vitest";
import type { MediaId, MediaItem } from "../../src/media/media-item.ts";
import { pageSpan, timeSpan, wholeSpan } from "../../src/media/span.ts";
import type { EmbeddedSegment, Filter, MediaStore } from "../../src/store/media-store.ts";
import { axis, contractDimensions, itemNamed } from "./store-items.ts";

function frame(item: MediaItem, startMs: number, endMs: number, vector?: Float32Array): EmbeddedSegment {
  const base = { mediaId: item.id, span: timeSpan(startMs, endMs), source: "frame" } as const;
  return vector ? { ...base, vector } : base;
}

function words(item: MediaItem, text: string, source: "ocr" | "text" | "subtitle" = "ocr"): EmbeddedSegment {
  return { mediaId: item.id, span: wholeSpan, source, text };
}

/** What every MediaStore does. `open` gives an empty one with vectors of `contractDimensions` numbers. */
export function storeContract(name: string, open: () => Promise<MediaStore>): void {
  const paths = async (store: MediaStore, filter: Filter) =>
    (await store.list(filter)).map((item) => item.path);

  test(`${name}: gives back an item and its segments as they were put`, async () => {
    await using store = await open();
    const item = itemNamed("a.mp4", {
      durationMs: 9_000,
      takenAt: 5,
      place: { latitude: 1.5, longitude: -2 },
    });
    const event = {
      kind: "enters",
      startMs: 10,
      endMs: 20,
      track: 1,
      presence: { startMs: 10, endMs: 90 },
      size: "small",
      area: 0.1,
      colour: "red",
    } as const;
    const segments: EmbeddedSegment[] = [
      { mediaId: item.id, span: timeSpan(10, 20), source: "event", event, text: "something red enters" },
      { mediaId: item.id, span: pageSpan(3), source: "ocr", text: "line\none 'quoted'", confidence: 87.5 },
      { mediaId: item.id, span: wholeSpan, source: "metadata", preview: "/library/p.jpg" },
      frame(item, 0, 1_000, axis(0)),
    ];
    await store.put(item, segments);
    expect(await store.get(item.id)).toEqual(item);
    const found = await store.segments(item.id);
    expect(found.map((segment) => segment.source)).toEqual(["metadata", "frame", "ocr", "event"]);
    expect(found[3]).toEqual(segments[0]);
    expect(found[2]).toEqual(segments[1]);
    expect(found[0]).toEqual(segments[2]);
    expect(await store.segments(item.id, ["ocr"])).toEqual([segments[1]]);
    expect(await store.counts()).toEqual({ items: 1, segments: 4, vectors: 1 });
  });

  test(`${name}: knows nothing of an item that was never put`, async () => {
    await using store = await open();
    const id = "nobody's" as MediaId;
    expect(await store.get(id)).toBeUndefined();
    expect(await store.segments(id)).toEqual([]);
    expect(await store.nearest(axis(0), {})).toEqual([]);
    expect(await store.matching("anything", {})).toEqual([]);
    expect(await store.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
    await store.remove(id);
    await store.move(id, itemNamed("x"));
    expect(await store.list({})).toEqual([]);
  });

  test(`${name}: captions are replaced by themselves, found by their words, and leave with their item`, async () => {
    await using store = await open();
    const [a, b] = [itemNamed("a", { durationMs: 9_000 }), itemNamed("b")];
    await store.put(a, [{ ...frame(a, 0, 4_000, axis(0)), startsShot: true }, words(a, "a sign")]);
    await store.put(b, [words(b, "a neighbour")]);
    const caption = (startMs: number, text: string): EmbeddedSegment => ({
      mediaId: a.id,
      span: timeSpan(startMs, startMs + 2_000),
      source: "caption",
      text,
    });
    await store.putCaptions(a.id, [
      caption(0, "A boat leaves the harbour."),
      caption(2_000, "Gulls follow it."),
    ]);
    await store.putCaptions(a.id, [caption(0, "A ferry leaves the harbour."), caption(4_000, "Waves.")]);
    await store.putCaptions(a.id, [...(await store.segments(a.id, ["caption"])), caption(6_000, "The end.")]);
    await store.putCaptions("nobody's" as MediaId, [caption(0, "Nothing.")]);
    expect((await store.segments(a.id, ["caption"])).map(({ text }) => text)).toEqual([
      "A ferry leaves the harbour.",
      "Waves.",
      "The end.",
    ]);
    expect(await store.counts()).toEqual({ items: 2, segments: 6, vectors: 1 });
    expect((await store.segments(a.id, ["frame"]))[0]?.startsShot).toBe(true);
    expect((await store.matching("harbour", {}))[0]?.segment).toMatchObject({
      source: "caption",
      text: expect.stringContaining("ferry"),
    });
    await store.move(a.id, { ...a, path: "/elsewhere/a" });
    expect((await store.matching("harbour", {}))[0]?.item.path).toBe("/elsewhere/a");
    await store.put(a, [words(a, "new")]);
    expect(await store.segments(a.id, ["caption"])).toEqual([]);
    await store.putCaptions(a.id, [caption(0, "Again.")]);
    await store.putCaptions(a.id, []);
    expect(await store.counts()).toEqual({ items: 2, segments: 2, vectors: 0 });
  });

  test(`${name}: put again replaces every segment of the item and touches no other`, async () => {
    await using store = await open();
    const [a, b] = [itemNamed("a"), itemNamed("b")];
    await store.put(a, [frame(a, 0, 1, axis(0)), frame(a, 1, 2, axis(1)), words(a, "first version")]);
    await store.put(b, [words(b, "first neighbour")]);
    await store.put(a, [words(a, "second version")]);
    expect(await store.counts()).toEqual({ items: 2, segments: 2, vectors: 0 });
    expect((await store.segments(a.id)).map((segment) => segment.text)).toEqual(["second version"]);
    expect((await store.matching("first", {})).map((hit) => hit.item.id)).toEqual([b.id]);
    await store.put(a, []);
    expect(await store.get(a.id)).toEqual(a);
    expect(await store.segments(a.id)).toEqual([]);
  });

  test(`${name}: one step puts several items and takes away those they replace`, async () => {
    await using store = await open();
    const [old, next, other] = [itemNamed("old"), itemNamed("next"), itemNamed("other")];
    await store.put(old, [words(old, "old words")]);
    await store.putAll([
      { item: next, segments: [words(next, "new words")], replaces: [old.id] },
      { item: other, segments: [frame(other, 0, 5, axis(2))] },
    ]);
    expect(await paths(store, {})).toEqual(["/media/next", "/media/other"]);
    expect((await store.matching("words", {})).map((hit) => hit.item.id)).toEqual([next.id]);
    await store.remove(next.id, other.id);
    expect(await store.counts()).toEqual({ items: 0, segments: 0, vectors: 0 });
    await store.putAll([]);
  });

  test(`${name}: a move changes the path everywhere and keeps segments and vectors`, async () => {
    await using store = await open();
    const item = itemNamed("here/a.mp4");
    const moved = { ...item, path: '/elsewhere/it\'s 100%_\\new "name"\n🎬.mp4', modifiedAt: 7 };
    await store.put(item, [frame(item, 0, 10, axis(0)), words(item, "hello there")]);
    await store.moveAll([moved, itemNamed("not in the store")]);
    expect(await store.list({})).toEqual([moved]);
    expect((await store.nearest(axis(0), { under: "/elsewhere" }))[0]?.item).toEqual(moved);
    expect((await store.matching("hello", {}))[0]?.item.path).toBe(moved.path);
    expect(await store.nearest(axis(0), { under: "/media/here" })).toEqual([]);
    expect(await store.counts()).toEqual({ items: 1, segments: 2, vectors: 1 });
  });

  test(`${name}: nearest gives cosine similarities, best first, and only segments with a vector`, async () => {
    await using store = await open();
    const item = itemNamed("a");
    await store.put(item, [
      frame(item, 0, 1, axis(1)),
      frame(item, 1, 2, axis(0)),
      frame(item, 2, 3, axis(0, 0.6)),
      frame(item, 3, 4, new Float32Array(contractDimensions)),
      words(item, "no vector"),
    ]);
    const hits = await store.nearest(axis(0), {});
    expect(hits.map((hit) => hit.segment.span)).toEqual([timeSpan(1, 2), timeSpan(2, 3), timeSpan(0, 1)]);
    expect(hits.map((hit) => Math.round(hit.score * 1000) / 1000)).toEqual([1, 0.8, 0]);
    expect((await store.nearest(axis(0), { limit: 1 })).length).toBe(1);
    expect(await store.nearest(new Float32Array(contractDimensions), {})).toEqual([]);
    expect((await store.counts()).vectors).toBe(3);
  });

  test(`${name}: full text finds English words in any case and form`, async () => {
    await using store = await open();
    const item = itemNamed("a");
    await store.put(item, [
      words(item, "Two Dogs are running"),
      words(item, "The INVOICE total is $4,250.00"),
      words(item, "the Café sign"),
    ]);
    const first = async (query: string) => (await store.matching(query, {}))[0]?.segment.text;
    expect(await first("dog")).toBe("Two Dogs are running");
    expect(await first("DOGS")).toBe("Two Dogs are running");
    expect(await first("what is running?")).toBe("Two Dogs are running");
    expect(await first("invoices")).toBe("The INVOICE total is $4,250.00");
    expect(await first("cafe")).toBe("the Café sign");
    expect(await first("the")).toBeUndefined();
    expect(await first("giraffe")).toBeUndefined();
    expect(await first("   ")).toBeUndefined();
    expect((await store.matching("dog", {}))[0]?.score).toBeGreaterThan(0);
  });

  test(`${name}: full text finds Chinese by word and by substring`, async () => {
    await using store = await open();
    const item = itemNamed("a");
    await store.put(item, [
      words(item, "北京南路停车场入口"),
      words(item, "红色的汽车 enters"),
      words(item, "发票金额"),
    ]);
    const found = async (query: string) => (await store.matching(query, {})).map((hit) => hit.segment.text);
    expect(await found("停车场")).toEqual(["北京南路停车场入口"]);
    expect(await found("路停")).toEqual(["北京南路停车场入口"]);
    expect(await found("车场入")).toEqual(["北京南路停车场入口"]);
    expect(await found("红色的车在哪里?")).toContain("红色的汽车 enters");
    expect(await found("金额是多少")).toEqual(["发票金额"]);
    expect(await found("飞机")).toEqual([]);
    expect((await store.matching("车", {})).length).toBe(2);
  });

  test(`${name}: a folder filter follows whole path parts, whatever the names hold`, async () => {
    await using store = await open();
    const odd = [
      "it's",
      'a "b"',
      "100%",
      "a_b",
      "tab\there",
      "line\nbreak",
      "back\\slash",
      "`tick`",
      "-dash",
      "🎬 電影",
    ];
    const items = odd.map((name) => itemNamed(`${name}/clip.mp4`));
    await store.putAll([
      ...items.map((item) => ({ item, segments: [frame(item, 0, 1, axis(0)), words(item, "word")] })),
      { item: itemNamed("axb/clip.mp4"), segments: [] },
      { item: itemNamed("1000/clip.mp4"), segments: [] },
    ]);
    for (const [index, name] of odd.entries()) {
      const wanted = [items[index]?.path];
      expect(await paths(store, { under: `/media/${name}` })).toEqual(wanted);
      expect(await paths(store, { under: `/media/${name}/` })).toEqual(wanted);
      expect(await paths(store, { under: `/media/${name}/clip.mp4` })).toEqual(wanted);
      expect((await store.nearest(axis(0), { under: `/media/${name}` })).length).toBe(1);
      expect((await store.matching("word", { under: `/media/${name}` })).length).toBe(1);
    }
    expect(await paths(store, { under: "/med" })).toEqual([]);
    expect(await paths(store, { under: "/media/-das" })).toEqual([]);
    expect((await paths(store, { under: "/" })).length).toBe(12);
  });

  test(`${name}: a copy's folder finds the item too, under its first path`, async () => {
    await using store = await open();
    const item = itemNamed("first/a.mp4", { copies: [{ path: "/backup/a.mp4", modifiedAt: 3 }] });
    await store.put(item, [words(item, "hello")]);
    expect(await paths(store, { under: "/backup" })).toEqual(["/media/first/a.mp4"]);
    expect((await store.matching("hello", { under: "/backup/a.mp4" }))[0]?.item).toEqual(item);
    await store.move(item.id, { ...itemNamed("first/a.mp4") });
    expect(await paths(store, { under: "/backup" })).toEqual([]);
  });

  test(`${name}: every other filter is honoured by every search`, async () => {
    await using store = await open();
    const clip = itemNamed("a.mp4", { takenAt: 100 });
    const page = itemNamed("b.pdf", { kind: "document", modifiedAt: 200 });
    const still = itemNamed("c.jpg", { kind: "image", takenAt: 300, modifiedAt: 1 });
    for (const item of [clip, page, still]) {
      const timed = {
        mediaId: item.id,
        span: timeSpan(5_000, 6_000),
        source: "subtitle",
        text: "word",
      } as const;
      await store.put(item, [
        frame(item, 0, 1_000, axis(0)),
        words(item, "word"),
        { ...timed, vector: axis(1) },
      ]);
    }
    const all = [clip.path, page.path, still.path];
    const check = async (
      filter: Filter,
      expected: readonly string[],
      perItem: readonly [number, number, number],
    ) => {
      expect(await paths(store, filter)).toEqual(expected);
      expect((await store.scan(filter)).length).toBe(perItem[0]);
      expect((await store.nearest(axis(0), filter)).length).toBe(perItem[1]);
      expect((await store.matching("word", filter)).length).toBe(perItem[2]);
      expect(await store.counts(filter)).toMatchObject({ items: expected.length, segments: perItem[0] });
    };
    await check({}, all, [9, 6, 6]);
    await check({ kinds: ["document", "image"] }, [page.path, still.path], [6, 4, 4]);
    await check({ kinds: [] }, [], [0, 0, 0]);
    await check({ mediaIds: [clip.id, "no'one" as MediaId] }, [clip.path], [3, 2, 2]);
    await check({ mediaIds: [] }, [], [0, 0, 0]);
    await check({ takenFrom: 100, takenTo: 200 }, [clip.path, page.path], [6, 4, 4]);
    await check({ takenFrom: 201 }, [still.path], [3, 2, 2]);
    await check({ sources: ["subtitle"] }, all, [3, 3, 3]);
    await check({ sources: ["caption"] }, [], [0, 0, 0]);
    await check({ within: { startMs: 5_500, endMs: 9_000 } }, all, [3, 3, 3]);
    await check({ within: { startMs: 1_000, endMs: 5_000 } }, [], [0, 0, 0]);
    await check({ within: { startMs: 1_000, endMs: 1_000 } }, all, [3, 3, 0]);
    await check(
      { kinds: ["video"], sources: ["frame"], within: { startMs: 0, endMs: 9 } },
      [clip.path],
      [1, 1, 0],
    );
  });

  test(`${name}: a limit is kept, and is 50 when none is given`, async () => {
    await using store = await open();
    const items = Array.from({ length: 60 }, (_, index) => itemNamed(`n${String(index).padStart(2, "0")}`));
    await store.putAll(
      items.map((item) => ({ item, segments: [{ ...words(item, "same"), vector: axis(0) }] })),
    );
    for (const search of [
      (filter: Filter) => store.list(filter),
      (filter: Filter) => store.scan(filter),
      (filter: Filter) => store.nearest(axis(0), filter),
      (filter: Filter) => store.matching("same", filter),
    ]) {
      expect((await search({})).length).toBe(50);
      expect((await search({ limit: 7 })).length).toBe(7);
      expect((await search({ limit: Number.MAX_SAFE_INTEGER })).length).toBe(60);
    }
  });

  test(`${name}: what was put after an optimize is found without another`, async () => {
    await using store = await open();
    const [a, b] = [itemNamed("a"), itemNamed("b")];
    await store.put(a, [{ ...words(a, "lighthouse 灯塔"), vector: axis(0) }]);
    await store.optimize();
    await store.put(b, [{ ...words(b, "lighthouse 灯塔"), vector: axis(0) }]);
    expect((await store.matching("lighthouse", {})).length).toBe(2);
    expect((await store.matching("灯塔", {})).length).toBe(2);
    expect((await store.nearest(axis(0), {})).length).toBe(2);
    await store.optimize();
    expect((await store.matching("lighthouse", {})).length).toBe(2);
  });
}
