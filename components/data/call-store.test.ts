import { expect, test } from "vitest";
import type { ToldCall } from "@/lib/contract/calls";
import { refusedCall } from "@/test/fixtures/calls";
import { CallStore } from "./call-store";

const why = { verdict: "refused" as const, sentence: "No.", hint: "", policies: [] };
const call = (id: number): ToldCall => ({ ...refusedCall({ id: `r.${id}`, at: id }), why });

class FakeSource extends EventTarget {
  onerror: (() => void) | null = null;
  closed = false;
  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
  close(): void {
    this.closed = true;
  }
}

function opened() {
  const source = new FakeSource();
  const store = new CallStore(() => source as unknown as EventSource);
  return { source, store, stop: store.start() };
}

test("a snapshot takes the place of all before, later calls come on top", () => {
  const { source, store } = opened();
  expect(store.state()).toMatchObject({ state: "connecting", sampleOneIn: null });
  source.say("snapshot", { items: [call(1)], sampleOneIn: 100, partial: [] });
  source.say("calls", { items: [call(3), call(2)], missed: 4 });
  expect(store.state().calls.map(({ id }) => id)).toEqual(["r.3", "r.2", "r.1"]);
  expect(store.state()).toMatchObject({ state: "live", sampleOneIn: 100, missed: 4 });
  source.say("snapshot", { items: [call(9)], sampleOneIn: 100, partial: [] });
  expect(store.state().calls).toHaveLength(1);
});

test("what is missing is said and what was known stays; memory is bounded", () => {
  const { source, store, stop } = opened();
  source.say("snapshot", { items: [call(1)], sampleOneIn: 100, partial: [] });
  source.say("partial", { partial: [{ part: "controller", message: "Gone.", hint: "", lastGoodAt: 1 }] });
  expect(store.state().partial).toHaveLength(1);
  expect(store.state().calls).toHaveLength(1);
  source.onerror?.();
  expect(store.state().state).toBe("reconnecting");
  source.say("calls", { items: Array.from({ length: 3_000 }, (_, id) => call(id)), missed: 0 });
  expect(store.state()).toMatchObject({ state: "live", partial: [] });
  expect(store.state().calls).toHaveLength(1_500);
  stop();
  expect(source.closed).toBe(true);
});
