import { describe, expect, it } from "vitest";
import { type ContainerState, initialState } from "./container-state";
import type { PodSpec } from "./pod-spec";
import { podStatus } from "./pod-status";

const spec: PodSpec = {
  containers: [{ name: "app" }],
  initContainers: [{ name: "envoy", restartPolicy: "Always" }],
  volumes: [],
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
};
const now = Date.parse("2026-01-01T10:00:00Z");
const running = (name: string, change: Partial<ContainerState> = {}): ContainerState => ({
  ...initialState({ name, image: "i" }, 0),
  phase: "running",
  startedAt: now,
  started: true,
  ready: true,
  ...change,
});
const facts = (init: ContainerState, app: ContainerState) => ({
  uid: "u",
  spec,
  address: "127.42.1.1",
  startTime: now,
  init: [init],
  containers: [app],
  blocked: "",
  previous: [],
});
const ready = (status: ReturnType<typeof podStatus>) => status.conditions.find((one) => one.type === "Ready");

describe("podStatus", () => {
  it("is pending until the sidecar has started, then running, and ready with all containers", () => {
    const waiting = initialState({ name: "app", image: "i" }, 0);
    const first = podStatus(facts(running("envoy", { started: false, ready: false }), waiting), now);
    expect([first.phase, ready(first)?.status]).toEqual(["Pending", "False"]);
    const second = podStatus(facts(running("envoy"), running("app", { ready: false })), now);
    expect([second.phase, ready(second)?.message]).toEqual(["Running", "containers with unready status: [app]"]);
    const third = podStatus(facts(running("envoy"), running("app")), now);
    expect([third.phase, ready(third)?.status, third.podIP]).toEqual(["Running", "True", "127.42.1.1"]);
  });

  it("stays running and becomes unready while a crashed container waits", () => {
    const lastRun = { exitCode: 137, signal: 9, reason: "Error", message: "", startedAt: now, finishedAt: now };
    const crashed: ContainerState = {
      ...initialState({ name: "app", image: "i" }, 3),
      reason: "CrashLoopBackOff",
      message: "back-off 1s",
      lastRun,
    };
    const status = podStatus(facts(running("envoy"), crashed), now);
    expect(status.phase).toBe("Running");
    expect(status.containerStatuses[0]).toMatchObject({
      restartCount: 3,
      state: { waiting: { reason: "CrashLoopBackOff" } },
      lastState: { terminated: { exitCode: 137, signal: 9 } },
    });
  });

  it("ends as its containers ended when nothing is to be restarted", () => {
    const lastRun = { exitCode: 0, reason: "Completed", message: "", startedAt: now, finishedAt: now };
    const ended = running("app", { phase: "ended", ready: false, lastRun });
    const once = { ...facts(running("envoy"), ended), spec: { ...spec, restartPolicy: "Never" as const } };
    expect(podStatus(once, now).phase).toBe("Succeeded");
    const failed = { ...once, containers: [{ ...ended, lastRun: { ...lastRun, exitCode: 1 } }] };
    expect(podStatus(failed, now).phase).toBe("Failed");
  });

  it("keeps the time of a condition that did not change", () => {
    const first = podStatus(facts(running("envoy"), running("app")), now);
    const later = podStatus({ ...facts(running("envoy"), running("app")), previous: first.conditions }, now + 60_000);
    expect(later.conditions).toEqual(first.conditions);
  });
});
