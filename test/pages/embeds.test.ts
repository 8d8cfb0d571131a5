/** Links to one view: framed by the site they are for and by no other, as images by URL, until they end. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmbedCreated, EmbedData } from "@/lib/contract/embeds";
import { signEmbed } from "@/server/web/embeds-token";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { type Gate, startGate } from "../support/gate";
import { eventually } from "../support/local-mode";

const KEY = "a key of the tests, long enough to sign with";
const CHART = {
  kind: "chart",
  title: "Requests of bookstore-v1",
  shows: "series",
  source: { of: "measures", measures: ["requests"], to: "bookstore/bookstore-v1" },
  range: "15m",
} as const;
const SERVICE = { kind: "service", service: "bookstore/bookstore-v1" } as const;
const GRAPH = { kind: "graph", namespaces: [], window: "30s" } as const;

describe.skipIf(!process.env.MESHDECK_CHROMIUM || !DASHBOARD_IS_BUILT)("embeds", () => {
  let folder: string;
  let api: DemoApi;
  let metrics: Gate;
  let web: Dashboard;
  let browser: Browser;
  let wiki: Site;
  let other: Site;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-embeds-"));
    api = await startDemoApi();
    metrics = await startGate(api.metricsUrl);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    writeFileSync(join(folder, "key"), KEY);
    [web, browser, wiki, other] = await Promise.all([
      startDashboard({
        MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
        MESHDECK_METRICS_URL: metrics.url,
        MESHDECK_METRICS_KIND: "embedded",
        MESHDECK_EMBED_KEY_FILE: join(folder, "key"),
      }),
      launchChromium(),
      startSite(),
      startSite(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([web?.stop(), metrics?.stop(), wiki?.stop(), other?.stop()]);
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function link(view: object, origin = wiki.origin): Promise<EmbedCreated> {
    const answer = await web.write("POST", "/api/embeds", { view, ttlHours: 1, origin });
    expect(answer.status, answer.text).toBe(201);
    return answer.body as EmbedCreated;
  }
  const token = (exp: number) => signEmbed({ view: SERVICE, exp, origin: wiki.origin }, Buffer.from(KEY));
  const frame = (path: string) => `<iframe src="${web.url}${path}" title="embed" width="640" height="320"></iframe>`;

  it("show their view in a frame of their own site, and their figures are those of the API", async () => {
    const { page: chart } = await link(CHART);
    const { page: card, token: cardToken } = await link(SERVICE);
    const { page: graph } = await link(GRAPH);
    const { page, errors } = await openPage(browser, wiki.page([chart, card, graph].map(frame).join("")));
    const [first, second, third] = page.frames().slice(1);
    await first?.locator(".recharts-line-curve").first().waitFor();
    await second?.getByText("Healthy").waitFor();
    await third?.locator("img").waitFor();
    expect(await third?.locator("img").getAttribute("alt")).toMatch(/\d+ nodes, 2 calls: 0 failing, 0 denied/);
    const data = (await web.ask(`/api/embeds/${cardToken}/data`)).body as EmbedData;
    expect(data.card?.requestsPerSecond).toBeCloseTo(7.5, 1);
    expect(await second?.locator("dl").innerText()).toContain("7.5");
    for (const each of [first, second, third]) {
      expect(await each?.locator("nav").count()).toBe(0);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("are not shown in a frame of another site, and the browser says why", async () => {
    const { page: path } = await link(SERVICE);
    const { page, errors } = await openPage(browser, other.page(frame(path)));
    await eventually(
      "the policy stops it",
      10,
      async () => errors.some((text) => text.includes("frame-ancestors")) || null,
    );
    expect(await page.frames()[1]?.getByText("Healthy").count()).toBe(0);
    await page.context().close();
  });

  it("say that they ended or were changed, and what to do", async () => {
    const ended = token(Math.floor(Date.now() / 1000) - 60);
    const { page, errors } = await openPage(browser, wiki.page(frame(`/embed/${ended}`)));
    await page
      .frames()[1]
      ?.getByText(/This link ended on/)
      .waitFor();
    await page
      .frames()[1]
      ?.getByText(/Make a new one in Meshdeck/)
      .waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
    const good = token(Math.floor(Date.now() / 1000) + 60);
    const changed = `${good.slice(0, 10)}A${good.slice(11)}`;
    for (const path of [
      `/embed/${changed}`,
      `/embed/${ended}`,
      `/api/embeds/${changed}/data`,
      `/api/embeds/${ended}/image.png`,
    ]) {
      const answer = await web.ask(path);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toMatch(/new one in Meshdeck/);
    }
    const refused = await web.ask(`/embed/${changed}`);
    expect(refused.headers.get("x-frame-options")).toBe("DENY");
    expect((await web.ask(`/embed/${ended}`)).headers.get("content-security-policy")).toContain(
      `frame-ancestors ${wiki.origin}`,
    );
  });

  it("open nothing but their own view, and everything else can still not be framed", async () => {
    const { page: path, token: own } = await link(SERVICE);
    const headers = { authorization: `Bearer ${own}`, origin: wiki.origin, referer: `${wiki.origin}/` };
    for (const api of ["/api/topology", "/api/proxies", "/api/smi/trafficsplits"]) {
      expect((await web.ask(api, { headers })).status).toBe(403);
    }
    expect((await web.ask(`/api/embeds/${own}/data?service=bookstore/bookstore-v2`)).status).toBe(400);
    expect((await web.ask(`/api/embeds/${own}/image.svg`, { headers: { referer: `${other.origin}/` } })).status).toBe(
      403,
    );
    const embed = await web.ask(path);
    expect(embed.headers.get("content-security-policy")).toContain(`frame-ancestors ${wiki.origin}`);
    expect(embed.headers.get("x-frame-options")).toBeNull();
    expect(embed.headers.get("set-cookie")).toBeNull();
    for (const page of ["/graph", "/boards", "/embed"]) {
      expect((await web.ask(page)).headers.get("x-frame-options")).toBe("DENY");
    }
    const post = { method: "POST", headers: { "content-type": "application/json" } };
    const body = { view: SERVICE, ttlHours: 1, origin: wiki.origin };
    expect((await web.ask("/api/embeds", { ...post, body: JSON.stringify(body) })).status).toBe(403);
    for (const wrong of [
      { ...body, origin: "https://*.example.com" },
      { ...body, ttlHours: 721 },
    ]) {
      expect((await web.write("POST", "/api/embeds", wrong)).status).toBe(400);
    }
  });

  it("are images by URL: of the size asked for, not blank, shown by a page of another site", async () => {
    for (const view of [CHART, SERVICE, GRAPH]) {
      const { png, svg } = await link(view);
      const response = await fetch(`${web.url}${png}?width=500&height=260&theme=dark`);
      expect(response.headers.get("content-type")).toBe("image/png");
      expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      const picture = readPng(Buffer.from(await response.arrayBuffer()));
      expect([picture.width, picture.height]).toEqual([500, 260]);
      expect(picture.colours).toBeGreaterThan(20);
      const text = (await web.ask(`${svg}?width=500&height=260`)).text;
      const { page } = await openPage(browser, "about:blank");
      const parsed = await page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
        return { root: parsed.documentElement.nodeName, faults: parsed.querySelectorAll("parsererror, script").length };
      }, text);
      expect(parsed).toEqual({ root: "svg", faults: 0 });
      await page.context().close();
    }
    const { png } = await link(CHART);
    const { page } = await openPage(browser, wiki.page(`<img src="${web.url}${png}" alt="chart">`));
    expect(await page.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    await page.context().close();
  });

  it("cost one drawing however often they are asked for at once", async () => {
    const { png } = await link(CHART);
    const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(web.url + png)));
    const bodies = await Promise.all(
      answers.map(async (answer) => Buffer.from(await answer.arrayBuffer()).toString("base64")),
    );
    expect(new Set(bodies).size).toBeLessThanOrEqual(2);
    for (const answer of answers) expect(answer.headers.get("cache-control")).toContain("max-age=5");
  });

  it("are made in the menu of a chart, with a preview, and pass axe in both themes", async () => {
    const { page, errors } = await openPage(browser, `${web.url}/boards?board=service&service=bookstore/bookstore-v1`);
    await page.getByRole("button", { name: "Actions of Latency" }).waitFor();
    await page.getByRole("button", { name: "Actions of Requests, errors and denied calls" }).click();
    await page.getByRole("menuitem", { name: "Embed" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Site that shows it").fill("wiki");
    await dialog.getByText(/It must be/).waitFor();
    await dialog.getByLabel("Site that shows it").fill(wiki.origin);
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const preview = dialog.getByAltText(/Preview of/);
    await preview.waitFor();
    await eventually("the preview is drawn", 10, async () => {
      return (await preview.evaluate((image: HTMLImageElement) => image.naturalWidth)) === 640 || null;
    });
    const code = await dialog.getByText(/<iframe src=/).innerText();
    const made = /src="([^"]+)"/.exec(code)?.[1] ?? "";
    expect(errors).toEqual([]);
    for (const theme of ["light", "dark"] as const) {
      const { page: embed } = await openPage(browser, made, { theme, width: 390, height: 300 });
      await embed.locator(".recharts-line-curve").first().waitFor();
      expect(await seriousFindings(embed)).toEqual([]);
      await embed.context().close();
    }
    await page.context().close();
  });

  it("say since when the metrics are missing, with the last figures", async () => {
    const { page: path } = await link(CHART);
    const { page } = await openPage(browser, web.url + path);
    await page.locator(".recharts-line-curve").first().waitFor();
    metrics.set("away");
    try {
      await page.getByText("Metrics are missing").waitFor({ timeout: 15_000 });
      await page.getByText(/from (\d+ s ago|now)/).waitFor();
      expect(await page.locator(".recharts-line-curve").count()).toBeGreaterThan(0);
    } finally {
      metrics.set("open");
    }
    await eventually("it is back", 15, async () => (await page.getByText("Metrics are missing").count()) === 0 || null);
    await page.context().close();
  });
});

interface Site {
  readonly origin: string;
  /** Address of a page with this body. */
  page(body: string): string;
  stop(): Promise<void>;
}

/** A site of somebody else: another host name and another port than the dashboard's. */
async function startSite(): Promise<Site> {
  const pages: string[] = [];
  const server: Server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Wiki</title><body>${pages[Number(request.url?.slice(1))] ?? ""}</body></html>`,
    );
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    page: (body) => `${origin}/${pages.push(body) - 1}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Size of a PNG, and how many different colours its first 400 lines have. */
function readPng(file: Buffer): { width: number; height: number; colours: number } {
  expect(file.subarray(1, 4).toString("latin1")).toBe("PNG");
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.subarray(at + 4, at + 8).toString("latin1") === "IDAT") data.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const pixels = inflateSync(Buffer.concat(data));
  const colours = new Set<number>();
  for (let at = 0; at + 4 <= pixels.length; at += 4) colours.add(pixels.readUInt32BE(at));
  return { width, height, colours: colours.size };
}
