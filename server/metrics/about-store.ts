/** What a metrics store says of itself, by the status routes of Prometheus's API (Thanos and Mimir have them in part). */
import { z } from "zod";
import type { StoreDoor } from "./access";
import { PROMETHEUS } from "./prometheus-answer";
import { parseAnswer, requestStore } from "./request";

/** null: not said. */
export interface StoreAbout {
  /** For example `Grafana Mimir`; Prometheus itself does not say its name. */
  readonly application: string | null;
  readonly version: string | null;
  /** As it was set: `15d`, `15d or 10GiB`. */
  readonly retention: string | null;
}

export interface AskedStore {
  readonly url: string;
  readonly door: StoreDoor;
  readonly timeoutMs: number;
}

const text = z.string().min(1).nullable().catch(null);
const BuildSchema = z.object({ data: z.object({ version: text, application: text.default(null) }) });
const RuntimeSchema = z.object({ data: z.object({ storageRetention: text }) });

/** Never rejects: what a store does not say, or not in time, is null. */
export async function askAbout({ url, ...how }: AskedStore): Promise<StoreAbout> {
  const base = url.replace(/\/+$/, "");
  const ask = <S extends z.ZodType>(path: string, schema: S) =>
    read(schema, { url: `${base}/api/v1/status/${path}`, ...how });
  const [build, runtime] = await Promise.all([ask("buildinfo", BuildSchema), ask("runtimeinfo", RuntimeSchema)]);
  return {
    application: build?.data.application ?? null,
    version: build?.data.version ?? null,
    retention: runtime?.data.storageRetention ?? null,
  };
}

async function read<S extends z.ZodType>(schema: S, asked: AskedStore): Promise<z.output<S> | null> {
  try {
    const answer = await requestStore({ ...asked, question: null, what: PROMETHEUS, signal: undefined });
    return schema.safeParse(parseAnswer(answer, PROMETHEUS)).data ?? null;
  } catch {
    return null;
  }
}
