import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { AppError, ERROR_STATUS, type ErrorCode } from "@/lib/contract/errors";
import type { Route } from "@/lib/contract/route";
import { handle, type Input } from "./http";

const READ = {
  method: "GET",
  path: "/api/things",
  limited: "public",
  summary: "",
  query: z.strictObject({
    window: z
      .string()
      .regex(/^\d+s$/, { error: "must be seconds such as 30s" })
      .default("30s"),
  }),
  answer: z.unknown(),
} as const satisfies Route;
const WRITE = {
  method: "POST",
  path: "/api/things",
  limited: "public",
  summary: "",
  body: z.strictObject({ name: z.string() }),
  status: 201,
  answer: z.unknown(),
} as const satisfies Route;

function get(verb: (input: Input<typeof READ>) => unknown, search = "", init: RequestInit = {}) {
  const request = new Request(`http://localhost/api/things${search}`, {
    ...init,
    headers: { host: "localhost", ...init.headers },
  });
  return handle(READ, verb)(request, { params: Promise.resolve({}) });
}
function post(body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) {
  const init = { method: "POST", body, headers: { host: "localhost", "x-meshdeck": "1", ...headers } };
  return handle(WRITE, ({ body: given }) => given)(new Request("http://localhost/api/things", init), {
    params: Promise.resolve({}),
  });
}
const errorOf = async (response: Response) => ((await response.json()) as { error: { message: string } }).error;

describe("handle", () => {
  it("answers what the verb returns, with what is left out filled in, and lets nobody keep it", async () => {
    const response = await get(({ query }) => ({ window: query.window }));
    expect([response.status, await response.json()]).toEqual([200, { window: "30s" }]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await post('{"name":"a"}')).status).toBe(201);
  });

  it.each(Object.entries(ERROR_STATUS) as [ErrorCode, number][])(
    "answers %s as %i with its hint and details",
    async (code, status) => {
      const details = { fields: [{ field: "spec", message: "is wrong" }] };
      const response = await get(() => {
        throw new AppError(code, "It went wrong.", { hint: "Do this.", details });
      });
      expect([response.status, await response.json()]).toEqual([
        status,
        { error: { code, message: "It went wrong.", hint: "Do this.", details } },
      ]);
    },
  );

  it("tells a fault without its stack or its words", async () => {
    const response = await get(() => Promise.reject(new Error("secret")));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain("The dashboard could not answer GET /api/things.");
    expect(text).not.toMatch(/secret|at /);
  });

  it("does nothing for a request it refuses", async () => {
    const verb = vi.fn();
    expect((await get(verb, "", { headers: { host: "evil.example" } })).status).toBe(403);
    expect((await get(verb, "?window=week")).status).toBe(400);
    expect(verb).not.toHaveBeenCalled();
  });

  it("takes no fault from a caller that went away", async () => {
    const gone = new AbortController();
    const response = await get(
      ({ signal }) => {
        gone.abort();
        return Promise.reject(signal.reason);
      },
      "",
      { signal: gone.signal },
    );
    expect(response.status).toBe(499);
  });

  it("ends a stream that HEAD asked for", async () => {
    const cancel = vi.fn();
    const response = await get(() => new Response(new ReadableStream({ cancel })), "", { method: "HEAD" });
    expect([response.status, response.body]).toEqual([200, null]);
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});

describe("bodies", () => {
  it("are JSON and say so", async () => {
    expect((await errorOf(await post("{}", { "content-type": "text/plain" }))).message).toContain('"text/plain"');
    expect((await errorOf(await post("{"))).message).toContain("The body is not JSON");
    expect((await errorOf(await post(""))).message).toContain("The body is not JSON");
  });

  it("are read no further than the limit", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { host: "localhost", "x-meshdeck": "1", "content-type": "application/json" },
    };
    const response = await handle(WRITE, () => null)(new Request("http://localhost/api/things", init as RequestInit), {
      params: Promise.resolve({}),
    });
    expect([response.status, (await errorOf(response)).message]).toEqual([400, "The body is larger than 2 MiB."]);
    expect(sent).toBeLessThan(3 * 1024 * 1024);
  });
});
