/** Random requests to the dashboard of a whole mesh, where nothing is away: no fault, whatever is asked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalMode, startCalmMode } from "../support/local-mode";
import { askAtRandom } from "../support/random-requests";

const available = Boolean(process.env.MESHDECK_ENVOY);

describe.skipIf(!available)("a whole mesh", () => {
  let local: LocalMode;
  beforeAll(async () => {
    local = await startCalmMode();
  });
  afterAll(async () => {
    await local?.stop("SIGTERM");
  });

  it("answers random requests as it describes them, never with a fault", async () => {
    await askAtRandom(local.dashboard, { runs: 400 });
    const health = await local.get<{ parts: { name: string; state: string }[] }>("/api/health");
    expect(health.parts.filter(({ state }) => state !== "ok")).toEqual([]);
  });
});
