import type { Graph, GraphNode } from "./graph.ts";
import { elementwise, unary } from "./kernels-elementwise.ts";
import { concatenate, gather, matrixProduct, padEnd, reduce, reshape, softmax } from "./kernels-shape.ts";
import { averagePool, convolve } from "./kernels-spatial.ts";
import type { Tensor } from "./tensor.ts";

type Attributes = GraphNode["attributes"];
type Kernel = (inputs: readonly Tensor[], attributes: Attributes) => Tensor;

const kernels: Readonly<Record<string, Kernel>> = {
  Add: ([a, b]) => elementwise("Add", a!, b!),
  Sub: ([a, b]) => elementwise("Sub", a!, b!),
  Mul: ([a, b]) => elementwise("Mul", a!, b!),
  Div: ([a, b]) => elementwise("Div", a!, b!),
  Max: ([a, b]) => elementwise("Max", a!, b!),
  Pow: ([a, b]) => unary.cubeRoot(a!, b!),
  Sqrt: ([a]) => unary.squareRoot(a!),
  Abs: ([a]) => unary.absolute(a!),
  Clip: ([a, low, high]) => unary.clip(a!, low!.data[0]!, high!.data[0]!),
  Conv: ([x, weight, bias]) => convolve(x!, weight!, bias),
  AveragePool: ([x], attributes) => averagePool(x!, list(attributes, "kernel_shape")),
  MatMul: ([a, b]) => matrixProduct(a!, b!),
  Softmax: ([x]) => softmax(x!),
  Reshape: ([x, shape]) => reshape(x!, Array.from(shape!.data)),
  Concat: (inputs) => concatenate(inputs),
  Gather: ([table, ids]) => gather(table!, ids!),
  Pad: ([x, pads]) => padEnd(x!, Array.from(pads!.data)),
  ReduceMax: ([x], attributes) => reduce(x!, list(attributes, "axes"), "max"),
  ReduceMean: ([x], attributes) => reduce(x!, list(attributes, "axes"), "mean"),
  ReduceSum: ([x, axes]) => reduce(x!, Array.from(axes!.data), "sum"),
};

function list(attributes: Attributes, name: string): readonly number[] {
  const value = attributes[name];
  return typeof value === "object" ? value : [];
}

/**
 * The reference: runs a graph for a batch of one in double precision, with exactly reproducible arithmetic.
 * It knows the operators, and of each the forms, that this folder's graphs use.
 */
export function interpreter(
  graph: Graph,
): (inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]) => readonly Tensor[] {
  const constants = new Map<string, Tensor>(
    graph.tensors.map(({ name, shape, data }) => [name, { shape, data: Float64Array.from(data) }]),
  );
  return (inputs, outputs) => {
    const values = new Map([...constants, ...Object.entries(inputs)]);
    for (const node of graph.nodes) {
      const kernel = kernels[node.operator];
      if (kernel === undefined) throw new Error(`The interpreter lacks ${node.operator}`);
      values.set(
        node.output,
        kernel(
          node.inputs.map((name) => values.get(name)!),
          node.attributes,
        ),
      );
    }
    return outputs.map((output) => values.get(output)!);
  };
}
