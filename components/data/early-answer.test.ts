import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { earlyScript, fetchJson } from "./early-answer";

const fetched = vi.fn<(path: string) => Promise<Response>>();

/** What a browser does with the script in the page's HTML. */
const runInPage = (script: string) => new Function("self", script)(globalThis);

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockImplementation(async (path) => Response.json({ path, turn: fetched.mock.calls.length }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
  Reflect.deleteProperty(globalThis, "meshdeckEarly");
});

test("what the HTML asked for is not asked for again, and serves one question only", async () => {
  const path = "/api/topology?window=30s";
  runInPage(earlyScript(path));
  expect(fetched).toHaveBeenCalledOnce();
  expect(await fetchJson(path)).toEqual({ ok: true, status: 200, body: { path, turn: 1 } });
  expect(await fetchJson(path)).toEqual({ ok: true, status: 200, body: { path, turn: 2 } });
});

test("another question is asked by itself", async () => {
  runInPage(earlyScript("/api/topology?window=30s"));
  expect((await fetchJson("/api/topology?window=5m")).body).toMatchObject({ path: "/api/topology?window=5m" });
});

test("a refusal, and what is no JSON, are told as they came", async () => {
  fetched.mockResolvedValueOnce(new Response("<p>Bad gateway</p>", { status: 502 }));
  runInPage(earlyScript("/api/topology"));
  expect(await fetchJson("/api/topology")).toEqual({ ok: false, status: 502, body: null });
});

test("a server that is away is said to whoever asks, and to nobody else", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  runInPage(earlyScript("/api/topology"));
  await expect(fetchJson("/api/topology")).rejects.toThrow("Failed to fetch");
});

test("nothing in a path ends the script", () => {
  expect(earlyScript("/api/x?a=</script><script>")).not.toContain("<");
});
