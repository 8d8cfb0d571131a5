/** Reads the protobuf wire format without a schema. */
import { badRequest } from "../status";

export type WireValue =
  | { readonly sort: "varint"; readonly value: bigint }
  | { readonly sort: "bytes"; readonly value: Buffer }
  | { readonly sort: "fixed"; readonly value: Buffer };

export interface WireField {
  readonly number: number;
  readonly value: WireValue;
}

function varint(bytes: Buffer, from: number): { value: bigint; next: number } {
  let value = 0n;
  let shift = 0n;
  for (let at = from; at < bytes.length && shift < 70n; at += 1) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return { value, next: at + 1 };
    shift += 7n;
  }
  throw badRequest("protobuf: the body ends inside a number");
}

/** The fields of a message, in order. Throws a 400 when the bytes are no message. */
export function wireFields(bytes: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw badRequest("protobuf: the body ends inside a field");
    const part = bytes.subarray(at, at + length);
    at += length;
    return part;
  };
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    at = tag.next;
    const number = Number(tag.value >> 3n);
    const wireType = Number(tag.value & 7n);
    if (wireType === 0) {
      const read = varint(bytes, at);
      at = read.next;
      fields.push({ number, value: { sort: "varint", value: read.value } });
    } else if (wireType === 2) {
      const length = varint(bytes, at);
      at = length.next;
      fields.push({ number, value: { sort: "bytes", value: take(Number(length.value)) } });
    } else if (wireType === 1 || wireType === 5)
      fields.push({ number, value: { sort: "fixed", value: take(wireType === 1 ? 8 : 4) } });
    else throw badRequest(`protobuf: wire type ${wireType} is not known`);
  }
  return fields;
}

export function signed(value: bigint): number {
  return Number(BigInt.asIntN(64, value));
}
