/**
 * Figures of stored frames as 16-bit codes, on a logarithmic scale: three and a half significant digits whatever their
 * size, in two bytes. Nothing, one and unknown keep codes of their own, so that "no calls" and "all encrypted" stay true.
 */

/** Not measured. */
export const UNKNOWN_CODE = 0xffff;
/** In a row's place: its values differ from frame to frame and stand elsewhere. */
export const VARYING_CODE = 0xfffe;
const MOST_CODE = VARYING_CODE - 1;
/** Steps to a power of ten; a code is at most 0.03 % away from what it stands for. */
const STEPS = 4096;
/** The smallest figure that is told apart from the next: 10^-6. */
const LEAST_POWER = -6;
export const ONE_CODE = 1 - LEAST_POWER * STEPS;

/** The code of a figure of zero or more; NaN is unknown. What is not nothing never becomes nothing, what is less than one never one. */
export function frameCode(value: number): number {
  if (Number.isNaN(value)) return UNKNOWN_CODE;
  if (value <= 0) return 0;
  const code = 1 + Math.round((Math.log10(value) - LEAST_POWER) * STEPS);
  if (code < 1) return 1;
  if (code >= ONE_CODE && value < 1) return ONE_CODE - 1;
  return Math.min(code, MOST_CODE);
}

/** The figure behind every code: NaN for those that stand for none. */
export const FRAME_VALUES: Float64Array = Float64Array.from({ length: 0x10000 }, (_, code) => {
  if (code > MOST_CODE) return Number.NaN;
  return code === 0 ? 0 : 10 ** ((code - 1) / STEPS + LEAST_POWER);
});

/**
 * Codes put into base64 at a time: more do not fit on every engine's stack. Their bytes are a multiple of three, so that
 * the pieces of base64 follow on one another.
 */
const PIECE = 0x3000;

/** Base64 of codes, two bytes each, the low one first. Yields now and then. */
export function* packCodes(codes: Uint16Array): Generator<void, string> {
  const pieces: string[] = [];
  const bytes = new Uint8Array(2 * PIECE);
  for (let from = 0; from < codes.length; from += PIECE) {
    const count = Math.min(PIECE, codes.length - from);
    for (let index = 0; index < count; index += 1) {
      const code = codes[from + index] ?? 0;
      bytes[2 * index] = code & 0xff;
      bytes[2 * index + 1] = code >> 8;
    }
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(0, 2 * count))));
    yield;
  }
  return pieces.join("");
}

/** The codes of a text of packCodes. Throws RangeError when it is not `count` of them. */
export function unpackCodes(text: string, count: number): Uint16Array {
  const bytes = atob(text);
  if (bytes.length !== 2 * count) throw new RangeError(`${bytes.length / 2} codes where ${count} belong`);
  const codes = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) {
    codes[index] = bytes.charCodeAt(2 * index) | (bytes.charCodeAt(2 * index + 1) << 8);
  }
  return codes;
}
