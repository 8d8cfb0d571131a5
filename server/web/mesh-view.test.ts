import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { EMPTY_OBJECTS } from "@/lib/mesh/input";
import type { MeshWatch } from "@/server/kube/mesh-watch";
import { connectKube } from "./kube-connection";
import { MeshReader } from "./mesh-view";
import { readSettings } from "./settings";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

const NAMES = { meshName: "osm", trustDomain: "cluster.local" };

function watch(synced: Promise<void>, error: string | null = null) {
  const part = { resource: "pods", synced: error === null, connected: error === null, error, lastGoodAt: null };
  const state = { objects: EMPTY_OBJECTS, stale: 0 };
  const fake: MeshWatch = {
    objects: () => state.objects,
    meshConfig: () => null,
    deployments: () => [],
    whenSynced: () => synced,
    staleSeconds: () => state.stale,
    parts: () => [part],
    stop: () => undefined,
  };
  return { fake, state };
}

describe("MeshReader", () => {
  it("waits for the first lists once, not at every reading", async () => {
    const reader = new MeshReader(watch(new Promise(() => undefined), "It cannot be reached.").fake, NAMES);
    const first = reader.read();
    await vi.advanceTimersByTimeAsync(4_000);
    expect((await first).partial).toMatchObject([{ part: "kubernetes", message: "It cannot be reached." }]);
    const later = vi.fn();
    void reader.read().then(later);
    await vi.advanceTimersByTimeAsync(1);
    expect(later).toHaveBeenCalledTimes(1);
  });

  it("translates only what changed", async () => {
    const { fake, state } = watch(Promise.resolve());
    const reader = new MeshReader(fake, NAMES);
    const { model } = await reader.read();
    expect((await reader.read()).model).toBe(model);
    state.objects = { ...EMPTY_OBJECTS };
    expect((await reader.read()).model).not.toBe(model);
  });
});

describe("connectKube", () => {
  it("answers with what there is when there is no kubeconfig, and looks for it again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "meshdeck-kube-"));
    const settings = readSettings({ MESHDECK_KUBECONFIG: join(folder, "none") });
    const warn = vi.fn();
    const kube = connectKube(settings, { log: { warn }, now: Date.now, onChange: () => undefined });
    const view = await kube.mesh();
    expect(view.objects).toBe(EMPTY_OBJECTS);
    expect(view.partial[0]).toMatchObject({
      part: "kubernetes",
      message: expect.stringContaining("there is no such file"),
    });
    expect(() => kube.client()).toThrow(AppError);
    vi.advanceTimersByTime(10_000);
    await kube.mesh();
    expect(warn).toHaveBeenCalledTimes(1);
    rmSync(folder, { recursive: true });
  });
});
