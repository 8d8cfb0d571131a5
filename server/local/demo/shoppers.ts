/** bookbuyer and bookthief: the same calls at their own pace, counted by status. */
import { createOutbound, type Outbound } from "./outbound";
import { serveHttp } from "./serve";
import type { DemoSettings } from "./settings";

interface Tally {
  /** Calls by HTTP status; `failed` when no answer came. */
  readonly byStatus: Record<string, number>;
  /** Answers by the identity that gave them. */
  readonly byIdentity: Record<string, number>;
  /** Of the newest answers: when they were in (unix milliseconds), how long they took (milliseconds), and whose they were. */
  readonly took: (readonly [number, number, string])[];
  calls: number;
}

/** Some two minutes of a hundred a second. */
const MOST_TOOK = 12_000;

const PATHS = ["/books-bought", "/buy-a-book/new"] as const;

export async function serveShopper(settings: DemoSettings): Promise<() => Promise<void>> {
  const tally: Tally = { byStatus: {}, byIdentity: {}, took: [], calls: 0 };
  const outbound = createOutbound(settings.proxy);
  const close = await serveHttp(settings, {
    "GET /": () => ({ body: { role: settings.role, requestsPerSecond: settings.requestsPerSecond, ...tally } }),
  });
  const intervalMs = 1000 / Math.max(settings.requestsPerSecond, 0.001);
  const timer = setInterval(() => void shop(settings, outbound, tally), intervalMs);
  let lastCalls = 0;
  const report = setInterval(() => {
    console.log(
      `${tally.calls - lastCalls} calls in 10 s, in all by status ${JSON.stringify(tally.byStatus)}, by identity ${JSON.stringify(tally.byIdentity)}`,
    );
    lastCalls = tally.calls;
  }, 10_000);
  return async () => {
    clearInterval(timer);
    clearInterval(report);
    await close();
  };
}

async function shop(settings: DemoSettings, outbound: Outbound, tally: Tally): Promise<void> {
  const path = PATHS[tally.calls % PATHS.length] ?? PATHS[0];
  tally.calls += 1;
  const count = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const started = performance.now();
  try {
    const answer = await outbound.call({
      method: "GET",
      authority: settings.bookstore,
      path,
      headers: { "client-app": settings.identity, "user-agent": "meshdeck-demo-http-client/1.0" },
    });
    count(tally.byStatus, String(answer.status));
    const identity = typeof answer.headers.identity === "string" ? answer.headers.identity : "";
    if (identity !== "") count(tally.byIdentity, identity);
    tally.took.push([Date.now(), performance.now() - started, identity]);
    if (tally.took.length > MOST_TOOK) tally.took.shift();
  } catch (error) {
    count(tally.byStatus, "failed");
    console.log(`GET ${path} of ${settings.bookstore} failed: ${error instanceof Error ? error.message : error}`);
  }
}
