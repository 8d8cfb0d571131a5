import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StreamClient } from "./stream-client";

/** As much of an EventSource as the client uses. */
class Source extends EventTarget {
  onerror: (() => void) | null = null;
  close(): void {}
  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}

let source: Source;
const onEvent = vi.fn<(name: string, data: unknown) => void>();
let client: StreamClient;

beforeEach(() => {
  vi.useFakeTimers();
  client = new StreamClient({
    onEvent,
    now: () => 0,
    random: () => 0,
    open: () => {
      source = new Source();
      return source as unknown as EventSource;
    },
    onLost: () => {},
  });
  client.setUrl("/api/stream?topology=30s");
});
afterEach(() => {
  client.close();
  vi.useRealTimers();
  onEvent.mockReset();
});

const LONG = { text: "x".repeat(300_000) };

test("a short event is read at once", () => {
  source.say("problems", { short: true });
  expect(onEvent).toHaveBeenCalledExactlyOnceWith("problems", { short: true });
});

test("a long event is read in a task of its own, and long ones in their order", () => {
  source.say("topology", { ...LONG, turn: 1 });
  source.say("topology", { ...LONG, turn: 2 });
  expect(onEvent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onEvent.mock.calls.map(([, data]) => (data as { turn: number }).turn)).toEqual([1, 2]);
});

test("what came before one listened elsewhere is not heard any more", () => {
  source.say("topology", LONG);
  client.setUrl("/api/stream?topology=5m");
  vi.advanceTimersByTime(1);
  expect(onEvent).not.toHaveBeenCalled();
});

test("a torn event is passed over", () => {
  source.dispatchEvent(new MessageEvent("topology", { data: '{"at":' }));
  expect(onEvent).not.toHaveBeenCalled();
  expect(client.status.state).toBe("live");
});
