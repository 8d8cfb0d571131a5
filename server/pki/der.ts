/** As much of DER (ITU-T X.690) as certificates need: tag, length, value. */
const EMPTY = Buffer.alloc(0);

/** One element: `tag` is the identifier octet, the parts are its contents in order. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat([...parts]);
  return Buffer.concat([Buffer.of(tag), lengthOctets(content.length), content]);
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => element(0x31, ...parts);
export const octets = (content: Uint8Array): Buffer => element(0x04, content);
export const boolean = (value: boolean): Buffer => element(0x01, Buffer.of(value ? 0xff : 0));
export const utf8 = (text: string): Buffer => element(0x0c, Buffer.from(text, "utf8"));
export const NULL = element(0x05, EMPTY);

/** Constructed context tag `[number]` around complete elements. */
export const explicit = (number: number, ...parts: readonly Uint8Array[]): Buffer => element(0xa0 | number, ...parts);
/** Primitive context tag `[number]` in place of the type's own. */
export const implicit = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content);

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  const negative = ((trimmed[0] ?? 0) & 0x80) !== 0;
  return element(0x02, negative ? Buffer.concat([Buffer.of(0), trimmed]) : trimmed);
}

export function bitString(content: Uint8Array, unusedBits = 0): Buffer {
  return element(0x03, Buffer.of(unusedBits), content);
}

/** An object identifier from dotted decimals. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const septets = [arc & 0x7f];
    for (let high = arc >>> 7; high > 0; high >>>= 7) septets.unshift((high & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return element(0x06, Buffer.from(bytes));
}

/** RFC 5280 4.1.2.5: UTCTime up to 2049, GeneralizedTime from 2050. Whole seconds. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return at.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`, "ascii"))
    : element(0x18, Buffer.from(`${digits}Z`, "ascii"));
}

/** The elements inside a constructed element, each with its tag and header. Throws on truncated input. */
export function children(constructed: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let at = header(constructed, 0).content;
  const end = at + header(constructed, 0).length;
  while (at < end) {
    const { content, length } = header(constructed, at);
    found.push(constructed.subarray(at, content + length));
    at = content + length;
  }
  return found;
}

/** The contents of an element, without its tag and length. */
export function contents(whole: Buffer): Buffer {
  const { content, length } = header(whole, 0);
  return whole.subarray(content, content + length);
}

function header(buffer: Buffer, at: number): { content: number; length: number } {
  const first = buffer.readUInt8(at + 1);
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : buffer.readUIntBE(at + 2, count);
  const content = at + 2 + count;
  if (content + length > buffer.length) throw new RangeError("truncated DER element");
  return { content, length };
}
