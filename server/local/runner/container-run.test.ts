import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeProcesses, until } from "../../../test/support/fake-processes";
import { ContainerRun, type LaunchPlan } from "./container-run";
import type { ContainerSpec, RestartPolicy } from "./pod-spec";

describe("ContainerRun", () => {
  const processes = () => fake.all;
  let fake = createFakeProcesses();
  let events: string[] = [];
  let run: ContainerRun;
  const launch: LaunchPlan = {
    ok: true,
    probeHost: "127.0.0.1",
    process: { command: "app", args: [], env: {}, onLine: () => {} },
  };
  const begin = (
    container: ContainerSpec,
    restart: RestartPolicy = "Always",
    plan: () => Promise<LaunchPlan> = async () => launch,
  ) => {
    run = new ContainerRun({
      container,
      restart,
      restartCount: 0,
      plan,
      start: fake.start,
      events: { changed: () => {}, event: (_, reason, message) => events.push(`${reason}: ${message}`) },
    });
  };
  beforeEach(() => {
    fake = createFakeProcesses();
    events = [];
  });
  afterEach(() => run.stop(0));

  it("is started and ready as soon as it runs when it has no probes", async () => {
    begin({ name: "app", image: "i" });
    await run.started;
    expect(run.state).toMatchObject({ phase: "running", started: true, ready: true, restartCount: 0 });
    expect(events).toEqual(["Started: Started container app"]);
  });

  it("starts it again when it crashes, remembering how the last run ended", async () => {
    begin({ name: "app", image: "i" });
    await run.started;
    processes()[0]?.end({ signal: "SIGKILL" });
    await until(() => run.state.reason === "CrashLoopBackOff");
    expect(run.state).toMatchObject({ phase: "waiting", ready: false, restartCount: 1 });
    await until(() => processes().length === 2);
    expect(run.state).toMatchObject({ phase: "running", lastRun: { exitCode: 137, signal: 9, reason: "Error" } });
  });

  it.each([
    ["Never", 1],
    ["OnFailure", 0],
  ] as const)("with %s leaves it ended after exit code %i", async (restart, code) => {
    begin({ name: "job", image: "i" }, restart);
    await run.started;
    processes()[0]?.end({ code });
    await run.finished;
    expect(run.state).toMatchObject({ phase: "ended", lastRun: { exitCode: code } });
    expect(processes()).toHaveLength(1);
  });

  it("stops with the grace it is given and does not start it again", async () => {
    begin({ name: "app", image: "i" });
    await run.started;
    await run.stop(7);
    expect(processes()).toHaveLength(1);
    expect(processes()[0]?.stopGraceSeconds).toBe(7);
  });

  it("says why it cannot be started, and can be stopped meanwhile", async () => {
    begin({ name: "app", image: "i" }, "Always", async () => ({
      ok: false,
      reason: "ErrImagePull",
      message: "no such image",
    }));
    await until(() => run.state.reason === "ErrImagePull");
    expect(events).toEqual(["Failed: Error: no such image"]);
    await run.stop(0);
    expect(processes()).toHaveLength(0);
  });

  describe("with a server to probe", () => {
    let server: Server;
    let status = 200;
    beforeEach(async () => {
      server = createServer((_, response) => response.writeHead(status).end());
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    afterEach(() => server.close());
    const probe = (change: object = {}) => ({
      httpGet: { path: "/", port: (server.address() as AddressInfo).port },
      periodSeconds: 0.02,
      failureThreshold: 2,
      ...change,
    });

    it("waits for the startup probe, and starts a container again that never comes up", async () => {
      status = 503;
      begin({ name: "envoy", image: "i", startupProbe: probe() });
      await until(() => run.state.phase === "running");
      expect(run.state.started).toBe(false);
      await until(() => processes().length === 2);
      expect(events.some((event) => event.startsWith("Unhealthy: Startup probe failed"))).toBe(true);
      status = 200;
      await run.started;
    });

    it("is ready while its readiness probe succeeds", async () => {
      status = 503;
      begin({ name: "app", image: "i", readinessProbe: probe() });
      await run.started;
      expect(run.state.ready).toBe(false);
      status = 200;
      await until(() => run.state.ready);
      status = 500;
      await until(() => !run.state.ready);
      expect(run.state.phase).toBe("running");
    });

    it("starts it again when its liveness probe keeps failing", async () => {
      status = 200;
      begin({ name: "app", image: "i", livenessProbe: probe() });
      await run.started;
      status = 500;
      await until(() => processes().length === 2);
      expect(run.state.restartCount).toBe(1);
      status = 200;
    });
  });
});
