import { expect, it, vi } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { openLogs } from "./open-logs";

const pod = { namespace: "shop", name: "store-1" };
const asked = { container: "app", tailLines: 10, since: "5m", follow: "true", previous: "false" } as const;

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

it("hands on what is written as it comes, uncompressed", async () => {
  const logs = vi.fn(async () => pieces("one\n", "two\n"));
  const response = await openLogs(pod, asked, new AbortController().signal, { logs });
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  expect(await response.text()).toBe("one\ntwo\n");
  expect(logs).toHaveBeenCalledWith(
    pod,
    expect.objectContaining({ sinceSeconds: 300, follow: true, timestamps: true }),
  );
});

it("is the API's refusal when it refuses, with who lacks what", async () => {
  const logs = () => Promise.reject(new AppError("forbidden", 'User "ann" cannot get resource "pods/log".'));
  await expect(openLogs(pod, asked, new AbortController().signal, { logs })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("ends the question when the reader goes, and the answer when the connection breaks", async () => {
  let signal: AbortSignal | null = null;
  const never = vi.fn(async (_pod: unknown, options: { signal: AbortSignal }) => {
    signal = options.signal;
    return pieces("one\n");
  });
  const left = await openLogs(pod, asked, new AbortController().signal, { logs: never });
  await left.body?.cancel();
  expect((signal as AbortSignal | null)?.aborted).toBe(true);
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from("one\n");
    throw new Error("ECONNRESET");
  }
  const cut = await openLogs(pod, asked, new AbortController().signal, { logs: async () => broken() });
  expect(await cut.text()).toBe("one\n");
});
