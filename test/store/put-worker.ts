import { wholeSpan } from "../../src/media/span.ts";
import { openLanceStore } from "../../src/store/lance.ts";
import { axis, contractDimensions, itemNamed } from "../contracts/store-items.ts";

/** Puts the item "b" in the place of "a", and ends. */
const [directory = ""] = process.argv.slice(2);
const store = await openLanceStore(directory, { space: "test", dimensions: contractDimensions });
const [a, b] = [itemNamed("a"), itemNamed("b")];
const said = { mediaId: b.id, span: wholeSpan, source: "text", text: "hello from elsewhere" } as const;
const shown = { mediaId: b.id, span: wholeSpan, source: "frame", vector: axis(0) } as const;
await store.putAll([{ item: b, segments: [said, shown], replaces: [a.id] }]);
await store[Symbol.asyncDispose]();
