/** A computation as data: written to disk as ONNX, and run as it stands by the reference interpreter. */
export interface GraphTensor {
  readonly name: string;
  readonly type: "float" | "int64";
  readonly shape: readonly number[];
  readonly data: readonly number[] | Float64Array;
}

export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

export interface GraphPort {
  readonly name: string;
  readonly type: "float" | "int64";
  /** A name stands for a dimension that is known only at run time. */
  readonly shape: readonly (number | string)[];
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly tensors: readonly GraphTensor[];
  readonly nodes: readonly GraphNode[];
}

/** Collects nodes; every method returns the name of the value it makes. */
export interface GraphBuilder {
  add(
    operator: string,
    inputs: readonly string[],
    attributes?: GraphNode["attributes"],
    output?: string,
  ): string;
  /** A float constant. Values are rounded to single precision, so that both readers see the same numbers. */
  constant(shape: readonly number[], data: ArrayLike<number>): string;
  integers(shape: readonly number[], data: readonly number[]): string;
  finish(): { readonly tensors: readonly GraphTensor[]; readonly nodes: readonly GraphNode[] };
}

export function graphBuilder(): GraphBuilder {
  const tensors: GraphTensor[] = [];
  const nodes: GraphNode[] = [];
  const keep = (type: GraphTensor["type"], shape: readonly number[], data: Float64Array) => {
    const name = `c${tensors.length}`;
    tensors.push({ name, type, shape, data });
    return name;
  };
  return {
    add(operator, inputs, attributes = {}, output = `v${nodes.length}`) {
      nodes.push({ operator, inputs, output, attributes });
      return output;
    },
    constant: (shape, data) => keep("float", shape, Float64Array.from(Array.from(data), Math.fround)),
    integers: (shape, data) => keep("int64", shape, Float64Array.from(data)),
    finish: () => ({ tensors, nodes }),
  };
}
