/** An answer's text that many readers get: written once, and compressed once for each way it is asked for. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** Below this compressing costs more than the bytes. */
const LEAST_BYTES = 8 * 1024;
/** Frames live for two seconds: fast before small. */
const QUALITY = 1;

export class SharedText {
  readonly bytes: Buffer;
  readonly #packed = new Map<Encoding, Promise<Buffer>>();

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }

  /** In the encoding, or as it is when that is not worth it. Compresses outside the event loop. */
  async in(wanted: Encoding): Promise<{ readonly encoding: Encoding; readonly bytes: Buffer }> {
    if (wanted === "identity" || this.bytes.length < LEAST_BYTES) return { encoding: "identity", bytes: this.bytes };
    const packed = this.#packed.get(wanted) ?? pack(wanted, this.bytes);
    this.#packed.set(wanted, packed);
    return { encoding: wanted, bytes: await packed };
  }
}

function pack(encoding: "br" | "gzip", bytes: Buffer): Promise<Buffer> {
  if (encoding === "gzip") return promisify(gzip)(bytes, { level: QUALITY });
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return promisify(brotliCompress)(bytes, { params });
}

/** The best encoding an Accept-Encoding header allows. */
export function encodingFor(header: string | null): Encoding {
  const weights = new Map<string, number>();
  for (const item of (header ?? "").toLowerCase().split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const q = parameters.find((one) => one.startsWith("q="));
    if (name !== "") weights.set(name, q === undefined ? 1 : Number(q.slice(2)) || 0);
  }
  const weight = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  if (weight("br") > 0 && weight("br") >= weight("gzip")) return "br";
  return weight("gzip") > 0 ? "gzip" : "identity";
}
