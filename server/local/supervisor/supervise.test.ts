import { describe, expect, it } from "vitest";
import type { ProcessExit, RunningProcess, StartProcess } from "./process";
import type { PartStatus, StatusBoard } from "./status-board";
import { supervise } from "./supervise";

/** Processes that run until the test ends them. */
function fakeProcesses() {
  const ends: ((exit: ProcessExit) => void)[] = [];
  const start: StartProcess = (): RunningProcess => {
    let end: (exit: ProcessExit) => void = () => {};
    const exited = new Promise<ProcessExit>((resolve) => {
      end = resolve;
    });
    ends.push(end);
    const stop = () => {
      end({ code: 0, signal: null, error: null });
      return exited;
    };
    return { pid: ends.length, exited, stop };
  };
  return { start, ends };
}

function fakeBoard() {
  const said: string[] = [];
  const board: StatusBoard = {
    set: (part) => said.push(`${part.state} ${part.restarts} ${part.message}`.trim()),
    remove: () => {},
    parts: (): readonly PartStatus[] => [],
    flush: async () => {},
  };
  return { board, said };
}

const until = async (condition: () => boolean) => {
  for (let i = 0; i < 200 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("supervise", () => {
  it("starts a process that was killed again and says so meanwhile", async () => {
    const { start, ends } = fakeProcesses();
    const { board, said } = fakeBoard();
    const spec = () => ({ command: "x", args: [], env: {}, onLine: () => {} });
    const part = supervise({ name: "dashboard", spec, ready: async () => true }, { start, board });
    await part.ready;
    ends[0]?.({ code: null, signal: "SIGKILL", error: null });
    await until(() => ends.length === 2 && said.at(-1) === "running 1");
    await part.stop(1);
    expect(said).toEqual([
      "starting 0",
      "running 0",
      "restarting 1 The dashboard ended (SIGKILL) and is started again: see logs/dashboard.log.",
      "restarting 1 The dashboard ended (SIGKILL) and is started again: see logs/dashboard.log.",
      "running 1",
      "stopped 1",
    ]);
  });

  it("stops while it waits to start again", async () => {
    const { start, ends } = fakeProcesses();
    const { board } = fakeBoard();
    const spec = () => ({ command: "x", args: [], env: {}, onLine: () => {} });
    const part = supervise({ name: "controller", spec, ready: async () => false }, { start, board });
    ends[0]?.({ code: 1, signal: null, error: null });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await part.stop(1);
    expect(ends).toHaveLength(1);
  });
});
