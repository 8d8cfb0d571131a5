import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HealthSchema } from "@/lib/contract/health";
import type { Partial } from "@/lib/contract/topology";
import { type HealthFacts, healthOf } from "./health";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "meshdeck-health-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function told(file: string | null, away: Partial["part"][] = []) {
  const statusFile = file === null ? null : join(folder, "status.json");
  if (statusFile && file) writeFileSync(statusFile, file);
  const partial = away.map((part) => ({ part, message: `${part} is away.`, hint: "Wait.", lastGoodAt: 5 }));
  const facts: HealthFacts = { at: 10, startedAt: 1, version: "1.2.3", meshName: "osm", statusFile, partial };
  const health = HealthSchema.parse(await healthOf(facts));
  return { status: health.status, part: (name: string) => health.parts.find((part) => part.name === name) };
}
const file = (...parts: object[]) => JSON.stringify({ parts });

describe("healthOf", () => {
  it("is well when nothing says otherwise", async () => {
    const health = await told(null);
    expect(health.status).toBe("ok");
    expect(health.part("dashboard")).toMatchObject({ state: "ok", since: 1, restarts: null });
  });

  it("is degraded without metrics, and down without Kubernetes", async () => {
    const without = await told(null, ["metrics"]);
    expect(without.status).toBe("degraded");
    expect(without.part("metrics")).toEqual({
      name: "metrics",
      state: "down",
      message: "metrics is away. Wait.",
      since: 5,
      restarts: null,
    });
    expect((await told(null, ["kubernetes", "metrics"])).status).toBe("down");
  });

  it("names what rights leave out, and leaves the long role that would bring it to the page", async () => {
    const unseen = { message: "You may not list pods.", hint: "Ask for a ClusterRole.", lastGoodAt: null };
    const { parts } = await healthOf({
      at: 10,
      startedAt: 1,
      version: "1.2.3",
      meshName: "osm",
      statusFile: null,
      partial: [{ part: "kubernetes", reason: "forbidden", ...unseen }],
    });
    const kubernetes = parts.find(({ name }) => name === "kubernetes");
    expect(kubernetes).toMatchObject({ state: "limited", message: "You may not list pods." });
  });

  it("misses nothing that nobody asked for", async () => {
    const { status, parts } = await healthOf({
      ...{ at: 10, startedAt: 1, version: "1.2.3", meshName: "osm", statusFile: null },
      partial: [
        { part: "controller", reason: "unset", message: "No controller is configured.", hint: "", lastGoodAt: null },
      ],
    });
    expect(status).toBe("ok");
    expect(parts.find(({ name }) => name === "controller")?.state).toBe("absent");
  });

  it("tells what the supervisor knows of its processes", async () => {
    const health = await told(
      file(
        { name: "dashboard", state: "running", restarts: 2, since: "2026-01-01T00:00:00Z" },
        {
          name: "controller",
          state: "restarting",
          restarts: 3,
          since: "2026-01-01T00:00:00Z",
          message: "It was killed.",
        },
        { name: "envoy a/b", state: "odd", since: "yesterday" },
      ),
      ["controller"],
    );
    expect(health.part("dashboard")?.restarts).toBe(2);
    expect(health.part("controller")).toEqual({
      name: "controller",
      state: "down",
      message: "It was killed.",
      since: 1767225600000,
      restarts: 3,
    });
    expect(health.part("envoy a/b")).toMatchObject({ state: "degraded", since: null });
  });

  it("is not taken in by a process that runs and does not answer", async () => {
    const health = await told(file({ name: "controller", state: "running", restarts: 0 }), ["controller"]);
    expect(health.part("controller")).toMatchObject({
      state: "degraded",
      message: "controller is away. Wait.",
      restarts: 0,
    });
    expect(health.status).toBe("degraded");
  });

  it.each([
    ["half written", '{"parts":[{"na'],
    ["of another shape", '{"parts":{}}'],
  ])("says so when the status file is %s", async (_, text) => {
    const health = await told(text);
    expect(health.status).toBe("degraded");
    expect(health.part("supervisor")?.message).toContain("does not hold what it should");
  });

  it("says so when the status file is missing", async () => {
    rmSync(join(folder, "status.json"), { force: true });
    const health = await told("");
    expect(health.part("supervisor")).toMatchObject({ state: "degraded", message: expect.stringContaining("ENOENT") });
  });
});
