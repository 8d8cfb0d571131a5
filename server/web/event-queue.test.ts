import { describe, expect, it, vi } from "vitest";
import { encodeEvent, eventStream, type Offer } from "./event-queue";

function open(signal = new AbortController().signal) {
  const end = vi.fn();
  let offer: Offer = () => undefined;
  const stream = eventStream(signal, (given) => {
    offer = given;
    return end;
  });
  return { stream, end, offer: (name: string, data: unknown) => offer(name, () => encodeEvent(name, data)) };
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | null> {
  const { done, value } = await reader.read();
  return done ? null : new TextDecoder().decode(value);
}

describe("eventStream", () => {
  it("brings events in the order they were offered", async () => {
    const { stream, offer } = open();
    const reader = stream.getReader();
    expect(await read(reader)).toBe("retry: 1000\n\n");
    offer("a", 1);
    offer("b", { two: 2 });
    expect(await read(reader)).toBe("event: a\ndata: 1\n\n");
    expect(await read(reader)).toBe('event: b\ndata: {"two":2}\n\n');
  });

  it("keeps the latest of each name for a reader that takes nothing", async () => {
    const { stream, offer } = open();
    for (let i = 0; i < 10_000; i++) offer(i % 2 ? "odd" : "even", i);
    const reader = stream.getReader();
    await read(reader);
    expect(await read(reader)).toContain("data: 9998");
    expect(await read(reader)).toContain("data: 9999");
    offer("odd", "next");
    expect(await read(reader)).toContain('"next"');
  });

  it("encodes nothing that is not read", () => {
    let offer: Offer = () => undefined;
    eventStream(new AbortController().signal, (given) => {
      offer = given;
      return () => undefined;
    });
    const make = vi.fn(() => encodeEvent("a", 1));
    for (let i = 0; i < 50; i++) offer("a", make);
    expect(make).not.toHaveBeenCalled();
  });

  it("ends once when the reader goes away, and takes offers that come late", async () => {
    const gone = new AbortController();
    const { stream, end, offer } = open(gone.signal);
    const reader = stream.getReader();
    await reader.cancel();
    gone.abort();
    offer("a", 1);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it("ends and closes when the request is aborted", async () => {
    const gone = new AbortController();
    const { stream, end, offer } = open(gone.signal);
    const reader = stream.getReader();
    await read(reader);
    gone.abort();
    offer("a", 1);
    expect(await read(reader)).toBeNull();
    expect(end).toHaveBeenCalledTimes(1);
  });

  it("ends at once when the caller was gone before it began", async () => {
    const { stream, end } = open(AbortSignal.abort());
    expect(end).toHaveBeenCalledTimes(1);
    const reader = stream.getReader();
    await read(reader);
    expect(await read(reader)).toBeNull();
  });
});
