import { closeSync, openSync, writeSync } from "node:fs";

/** A metadata value with the type that GGUF stores it in. */
export type MetaValue =
  | { readonly type: "u32" | "i32" | "f32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "str"; readonly value: string }
  | { readonly type: "array"; readonly of: "i32" | "f32"; readonly value: readonly number[] }
  | { readonly type: "array"; readonly of: "bool"; readonly value: readonly boolean[] }
  | { readonly type: "array"; readonly of: "str"; readonly value: readonly string[] };

export type Metadata = Readonly<Record<string, MetaValue>>;
export type TensorType = "f32" | "f16" | "q4_0";

export interface GgufTensor {
  readonly name: string;
  /** In ggml's order: the fastest-running dimension first. */
  readonly dims: readonly number[];
  readonly type: TensorType;
  /** Values, or the tensor's raw bytes made when they are written: large files never lie in memory whole. */
  readonly data: Float32Array | (() => Uint8Array);
}

export const u32 = (value: number): MetaValue => ({ type: "u32", value });
export const f32 = (value: number): MetaValue => ({ type: "f32", value });
export const bool = (value: boolean): MetaValue => ({ type: "bool", value });
export const str = (value: string): MetaValue => ({ type: "str", value });
export const strings = (value: readonly string[]): MetaValue => ({ type: "array", of: "str", value });
export const ints = (value: readonly number[]): MetaValue => ({ type: "array", of: "i32", value });
export const floats = (value: readonly number[]): MetaValue => ({ type: "array", of: "f32", value });
export const bools = (value: readonly boolean[]): MetaValue => ({ type: "array", of: "bool", value });

const valueTypes = { u32: 4, i32: 5, f32: 6, bool: 7, str: 8, array: 9 } as const;
const tensorTypes: Readonly<Record<TensorType, number>> = { f32: 0, f16: 1, q4_0: 2 };
const alignment = 32;

/** Writes a GGUF file, version 3, little-endian; returns its size in bytes. */
export function writeGguf(path: string, metadata: Metadata, tensors: readonly GgufTensor[]): number {
  const header = headerOf(metadata, tensors);
  const file = openSync(path, "w");
  try {
    let size = writeSync(file, header) + writeSync(file, padding(header.length));
    for (const tensor of tensors) {
      const bytes = bytesOf(tensor);
      size += writeWhole(file, bytes) + writeSync(file, padding(bytes.length));
    }
    return size;
  } finally {
    closeSync(file);
  }
}

/** One write call moves at most 2 GiB. */
function writeWhole(file: number, bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  return bytes.length;
}

function headerOf(metadata: Metadata, tensors: readonly GgufTensor[]): Buffer {
  const entries = Object.entries(metadata);
  const parts = [Buffer.from("GGUF"), word(3), long(tensors.length), long(entries.length)];
  for (const [key, value] of entries) parts.push(text(key), word(valueTypes[value.type]), encode(value));
  let offset = 0;
  for (const { name, dims, type, ...tensor } of tensors) {
    const count = dims.reduce((product, size) => product * size, 1);
    if (tensor.data instanceof Float32Array && tensor.data.length !== count) {
      throw new Error(`${name}: ${tensor.data.length} values for dimensions ${dims.join("×")}`);
    }
    parts.push(text(name), word(dims.length), ...dims.map(long), word(tensorTypes[type]), long(offset));
    const bytes = tensorBytes(count, type);
    offset += bytes + padding(bytes).length;
  }
  return Buffer.concat(parts);
}

export function tensorBytes(count: number, type: TensorType): number {
  if (type === "q4_0") return (count / 32) * 18;
  return count * (type === "f32" ? 4 : 2);
}

function bytesOf({ data, type, name }: GgufTensor): Uint8Array {
  if (typeof data === "function") return data();
  if (type === "q4_0") throw new Error(`${name}: quantised tensors are given as bytes`);
  if (type === "f16") return new Uint8Array(Uint16Array.from(data, halfOf).buffer);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function padding(length: number): Buffer {
  return Buffer.alloc((alignment - (length % alignment)) % alignment);
}

function encode(value: MetaValue): Buffer {
  if (value.type !== "array") return scalar(value.type, value.value);
  const { of, value: all } = value;
  return Buffer.concat([word(valueTypes[of]), long(all.length), ...all.map((one) => scalar(of, one))]);
}

function scalar(type: Exclude<MetaValue["type"], "array">, value: string | number | boolean): Buffer {
  if (type === "str") return text(String(value));
  if (type === "bool") return Buffer.from([Number(value)]);
  const bytes = Buffer.alloc(4);
  if (type === "f32") bytes.writeFloatLE(Number(value));
  else if (type === "i32") bytes.writeInt32LE(Number(value));
  else bytes.writeUInt32LE(Number(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([long(bytes.length), bytes]);
}

function word(value: number): Buffer {
  return scalar("u32", value);
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

/** IEEE half precision; ties are not rounded to even, which test weights do not need. */
export function halfOf(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7c00;
  return (sign | (exponent << 10) | (mantissa >>> 13)) + ((mantissa >>> 12) & 1);
}
