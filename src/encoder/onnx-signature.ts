import { type FileHandle, open } from "node:fs/promises";

/** An input or output of a graph. `elementType` is ONNX's number: 1 float, 7 int64, 10 float16. */
export interface OnnxPort {
  readonly name: string;
  readonly elementType: number;
  /** A name, or "?", where a dimension is known at run time only. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxSignature {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

/** Field numbers of onnx.proto3 on the way to a port. */
const graphField = 7;
const inputField = 11;
const outputField = 12;
const longestPort = 1 << 16;
const windowBytes = 1 << 16;

/**
 * Reads what a graph takes and gives, without the runtime: the fields of the file are walked and all weights skipped,
 * so a gigabyte costs milliseconds. Throws an `Error` for a file that is no ONNX model.
 */
export async function readOnnxSignature(file: string): Promise<OnnxSignature> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const inputs: OnnxPort[] = [];
    const outputs: OnnxPort[] = [];
    for await (const { field, bytes } of graphPorts(handle, size)) {
      (field === inputField ? inputs : outputs).push(toPort(bytes));
    }
    if (outputs.length === 0) throw new Error("It holds no ONNX graph.");
    return { inputs, outputs };
  } finally {
    await handle.close();
  }
}

async function* graphPorts(handle: FileHandle, size: number) {
  const walker = fileWalker(handle, size);
  for await (const graph of walker(0, size)) {
    if (graph.field !== graphField) continue;
    for await (const { field, start, end } of walker(graph.start, graph.end)) {
      if (field !== inputField && field !== outputField) continue;
      if (end - start > longestPort) throw new Error("A port of the graph is described too long.");
      const bytes = Buffer.alloc(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      yield { field, bytes };
    }
  }
}

interface Field {
  readonly field: number;
  /** Of a number, for wire type 0. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** Walks the fields of one message that lies in a file between two places. */
function fileWalker(handle: FileHandle, size: number) {
  const window = Buffer.alloc(windowBytes);
  let windowStart = 0;
  let windowEnd = 0;
  const load = async (at: number) => {
    // A field's head takes at most twenty bytes.
    if (at >= windowStart && Math.min(at + 20, size) <= windowEnd) return;
    const { bytesRead } = await handle.read(window, 0, window.length, at);
    windowStart = at;
    windowEnd = at + bytesRead;
  };
  return async function* fields(start: number, end: number): AsyncGenerator<Field> {
    for (let at = start; at < end; ) {
      await load(at);
      const found = readField(window, at - windowStart, windowEnd - windowStart);
      const field = { ...found, start: found.start + windowStart, end: found.end + windowStart };
      if (field.end > end) throw new Error("It is cut off, or no ONNX file.");
      yield field;
      at = field.end;
    }
  };
}

/** One field's head at `at`: protocol buffers' varints, fixed and length-delimited values. */
function readField(bytes: Buffer, at: number, end: number): Field {
  const tag = varint(bytes, at, end);
  const field = Math.floor(tag.value / 8);
  const wire = tag.value % 8;
  if (wire === 1 || wire === 5) {
    return { field, value: 0, start: tag.next, end: tag.next + (wire === 1 ? 8 : 4) };
  }
  const number = varint(bytes, tag.next, end);
  if (wire === 0) return { field, value: number.value, start: number.next, end: number.next };
  if (wire === 2) return { field, value: 0, start: number.next, end: number.next + number.value };
  throw new Error("It is no ONNX file.");
}

function varint(bytes: Buffer, at: number, end: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let n = 0; n < 10 && at + n < end; n++) {
    const byte = bytes[at + n] ?? 0;
    value += (byte & 127) * 2 ** (7 * n);
    if (byte < 128) return { value, next: at + n + 1 };
  }
  throw new Error("It is cut off, or no ONNX file.");
}

function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const field = readField(bytes, at, bytes.length);
    if (field.end > bytes.length) throw new Error("It is cut off, or no ONNX file.");
    fields.push(field);
    at = field.end;
  }
  return fields;
}

function part(bytes: Buffer, number: number): Buffer | undefined {
  const found = fieldsOf(bytes).find(({ field }) => field === number);
  return found && bytes.subarray(found.start, found.end);
}

/** ValueInfoProto { name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { value 1, name 2 } } } } } */
function toPort(bytes: Buffer): OnnxPort {
  const empty = Buffer.alloc(0);
  const tensor = part(part(bytes, 2) ?? empty, 1) ?? empty;
  const shape = part(tensor, 2) ?? empty;
  const dimensions = fieldsOf(shape).filter(({ field }) => field === 1);
  return {
    name: part(bytes, 1)?.toString("utf8") ?? "",
    elementType: fieldsOf(tensor).find(({ field }) => field === 1)?.value ?? 0,
    shape: dimensions.map(({ start, end }) => {
      const dimension = fieldsOf(shape.subarray(start, end))[0];
      if (dimension?.field === 1) return dimension.value;
      return part(shape.subarray(start, end), 2)?.toString("utf8") ?? "?";
    }),
  };
}
