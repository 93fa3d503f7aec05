import { placeable } from "./concepts.ts";
import { type Graph, type GraphBuilder, graphBuilder } from "./graph.ts";
import { clip, scalar } from "./graph-steps.ts";
import { regionNames } from "./truth.ts";

interface Sides {
  /** 1 where a concept says what: a colour, dark, bright. */
  readonly attributes: string;
  /** 1 where a concept says only where. */
  readonly places: string;
}

function isMember(graph: GraphBuilder, concepts: readonly string[], names: readonly string[]): string {
  return graph.constant(
    [1, concepts.length],
    concepts.map((id) => (names.includes(id) ? 1 : 0)),
  );
}

/** 1 where any of the concepts is in the bag, else 0: [N, 1]. */
function anyOf(graph: GraphBuilder, bag: string, members: string): string {
  const present = graph.add("Mul", [bag, members]);
  return graph.add("ReduceMax", [present], { axes: [1], keepdims: 1 });
}

/**
 * "red on the left": where a text has both attributes and places, each attribute at each place stands
 * for them, [N, concepts]; the words alone then step back (`bind`).
 */
function bound(graph: GraphBuilder, bag: string, concepts: readonly string[]): string {
  const pairs = placeable.flatMap((attribute) => regionNames.map((place) => ({ attribute, place })));
  const known = pairs.filter(({ attribute, place }) => concepts.includes(`${attribute}@${place}`));
  const pick = (name: (pair: (typeof pairs)[number]) => string) =>
    graph.add("MatMul", [
      bag,
      graph.constant(
        [concepts.length, known.length],
        concepts.flatMap((id) => known.map((pair) => (name(pair) === id ? 1 : 0) as number)),
      ),
    ]);
  const both = graph.add("Mul", [pick(({ attribute }) => attribute), pick(({ place }) => `@${place}`)]);
  const back = known.flatMap(({ attribute, place }) =>
    concepts.map((id) => (id === `${attribute}@${place}` ? 1 : 0) as number),
  );
  return graph.add("MatMul", [both, graph.constant([known.length, concepts.length], back)]);
}

function bind(
  graph: GraphBuilder,
  bag: string,
  concepts: readonly string[],
  { attributes, places }: Sides,
): string {
  const yields = (members: string, others: string) =>
    graph.add("Mul", [graph.add("Mul", [bag, members]), anyOf(graph, bag, others)]);
  const alone = graph.add("Sub", [
    graph.add("Sub", [bag, yields(attributes, places)]),
    yields(places, attributes),
  ]);
  return clip(graph, graph.add("Add", [alone, bound(graph, bag, concepts)]), 0, 1);
}

/**
 * `input_ids` [N, tokens] → `text_embeds` [N, dimensions]: a bag of concepts, attributes bound to places,
 * of unit length; zero where no token has a concept. `conceptOfToken` has −1 for none.
 */
export function textGraph(
  conceptOfToken: readonly number[],
  concepts: readonly string[],
  dimensions: number,
): Graph {
  const builder = graphBuilder();
  const count = concepts.length;
  const ids = builder.integers(
    [conceptOfToken.length],
    conceptOfToken.map((index) => (index < 0 ? count : index)),
  );
  const identity = Array.from({ length: (count + 1) * count }, (_, n) =>
    n % count === Math.floor(n / count) ? 1 : 0,
  );
  const conceptIds = builder.add("Gather", [ids, "input_ids"], { axis: 0 });
  const rows = builder.add("Gather", [builder.constant([count + 1, count], identity), conceptIds], {
    axis: 0,
  });
  const bag = builder.add("ReduceMax", [rows], { axes: [1], keepdims: 0 });
  const meaning = bind(builder, bag, concepts, {
    attributes: isMember(builder, concepts, placeable),
    places: isMember(
      builder,
      concepts,
      regionNames.map((place) => `@${place}`),
    ),
  });
  const squares = builder.add("Mul", [meaning, meaning]);
  const total = builder.add("ReduceSum", [squares, builder.integers([1], [1])], { keepdims: 1 });
  const length = builder.add("Sqrt", [builder.add("Max", [total, scalar(builder, 1e-12)])]);
  const unit = builder.add("Div", [meaning, length]);
  builder.add("Pad", [unit, builder.integers([4], [0, 0, 0, dimensions - count])], {}, "text_embeds");
  return {
    name: "sightline built-in text encoder",
    inputs: [{ name: "input_ids", type: "int64", shape: ["batch", "tokens"] }],
    outputs: [{ name: "text_embeds", type: "float", shape: ["batch", dimensions] }],
    ...builder.finish(),
  };
}
