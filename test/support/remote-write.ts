/** Prometheus's remote write protocol (version 1), so that tests can put samples at exact times, staleness included. */
import type { Labels } from "@/lib/metrics/query";

export interface RemoteSeries {
  readonly metric: string;
  readonly labels: Labels;
  /** [unix milliseconds, value], ascending; "stale" is Prometheus's marker for a series that ended. */
  readonly samples: readonly (readonly [number, number | "stale"])[];
}

export interface RemoteWriteWay {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PROMETHEUS_WAY: RemoteWriteWay = { path: "/api/v1/write", headers: {} };

/** Sends all series in one request. */
export async function remoteWrite(
  url: string,
  series: readonly RemoteSeries[],
  { path, headers }: RemoteWriteWay = PROMETHEUS_WAY,
): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    body: new Uint8Array(snappy(Buffer.concat(series.map((one) => message(1, timeSeries(one)))))),
    headers: {
      ...headers,
      "content-type": "application/x-protobuf",
      "content-encoding": "snappy",
      "x-prometheus-remote-write-version": "0.1.0",
    },
  });
  if (!response.ok) throw new Error(`remote write: ${response.status} ${await response.text()}`);
}

function timeSeries({ metric, labels, samples }: RemoteSeries): Buffer {
  const pairs = Object.entries({ ...labels, __name__: metric }).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    ...pairs.map(([name, value]) => message(1, Buffer.concat([text(1, name), text(2, value)]))),
    written(samples),
  ]);
}

const known = new WeakMap<RemoteSeries["samples"], Buffer>();

/** Series that share their list of samples have it written once: a bench loads tens of millions. */
function written(samples: RemoteSeries["samples"]): Buffer {
  const before = known.get(samples);
  if (before) return before;
  const made = Buffer.concat(
    samples.map(([at, value]) => message(2, Buffer.concat([double(1, value), varint((2 << 3) | 0), varint(at)]))),
  );
  known.set(samples, made);
  return made;
}

function message(field: number, body: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value, "utf8"));
}

function double(field: number, value: number | "stale"): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8((field << 3) | 1, 0);
  // The marker is one particular NaN, told from the others by its bits.
  if (value === "stale") bytes.writeBigUInt64LE(0x7ff0000000000002n, 1);
  else bytes.writeDoubleLE(value, 1);
  return bytes;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** Snappy's block format with literals only: valid, just not small. */
function snappy(data: Buffer): Buffer {
  const parts = [varint(data.length)];
  for (let at = 0; at < data.length; at += 65_536) {
    const piece = data.subarray(at, at + 65_536);
    parts.push(Buffer.from([61 << 2, (piece.length - 1) & 255, (piece.length - 1) >> 8]), piece);
  }
  return Buffer.concat(parts);
}
