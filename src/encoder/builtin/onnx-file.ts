import type { Graph, GraphNode, GraphPort, GraphTensor } from "./graph.ts";

/** The oldest operator set that has every operator in the form used here. */
const opset = 13;
const irVersion = 7;
const elementType = { float: 1, int64: 7 } as const;
const attributeType = { int: 2, ints: 7 } as const;

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A graph as the bytes of an ONNX `ModelProto` (onnx.proto3; protocol buffers written by hand). */
export function onnxFile(graph: Graph): Uint8Array {
  return message([
    [1, irVersion],
    [2, "sightline"],
    [7, graphProto(graph)],
    [8, message([[2, opset]])],
  ]);
}

function graphProto(graph: Graph): Uint8Array {
  return message([
    ...graph.nodes.map((node): Field => [1, nodeProto(node)]),
    [2, graph.name],
    ...graph.tensors.map((tensor): Field => [5, tensorProto(tensor)]),
    ...graph.inputs.map((port): Field => [11, valueInfo(port)]),
    ...graph.outputs.map((port): Field => [12, valueInfo(port)]),
  ]);
}

function nodeProto(node: GraphNode): Uint8Array {
  return message([
    ...node.inputs.map((name): Field => [1, name]),
    [2, node.output],
    [4, node.operator],
    ...Object.entries(node.attributes).map(([name, value]): Field => [5, attribute(name, value)]),
  ]);
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === "number"
    ? message([
        [1, name],
        [3, value],
        [20, attributeType.int],
      ])
    : message([[1, name], ...value.map((item): Field => [8, item]), [20, attributeType.ints]]);
}

function tensorProto(tensor: GraphTensor): Uint8Array {
  return message([
    ...tensor.shape.map((size): Field => [1, size]),
    [2, elementType[tensor.type]],
    [8, tensor.name],
    [9, rawData(tensor)],
  ]);
}

/** Little-endian, whatever the machine. */
function rawData({ type, data }: GraphTensor): Uint8Array {
  const width = type === "float" ? 4 : 8;
  const bytes = new Uint8Array(data.length * width);
  const view = new DataView(bytes.buffer);
  Array.from(data).forEach((value, index) => {
    if (type === "float") view.setFloat32(index * width, value, true);
    else view.setBigInt64(index * width, BigInt(value), true);
  });
  return bytes;
}

function valueInfo({ name, type, shape }: GraphPort): Uint8Array {
  const dimensions = shape.map(
    (size): Field => [1, message([typeof size === "number" ? [1, size] : [2, size]])],
  );
  const tensorType = message([
    [1, elementType[type]],
    [2, message(dimensions)],
  ]);
  return message([
    [1, name],
    [2, message([[1, tensorType]])],
  ]);
}

function message(fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [number, value] of fields) {
    if (typeof value === "number") {
      parts.push(varint(BigInt(number * 8)), varint(BigInt.asUintN(64, BigInt(value))));
    } else {
      const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
      parts.push(varint(BigInt(number * 8 + 2)), varint(BigInt(bytes.length)), bytes);
    }
  }
  return Buffer.concat(parts);
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
