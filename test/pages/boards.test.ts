/** Boards of charts in a browser, on a mesh that runs: true figures, one's own boards, sharing, export. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BUILT_IN } from "@/lib/boards/built-in/all";
import { decodeBoard } from "@/lib/boards/codec";
import { GrafanaDashboardSchema } from "@/lib/boards/grafana-schema";
import type { BoardData } from "@/lib/contract/boards";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, processesNaming, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);

describe.skipIf(!available)("boards of charts", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      const calls = edges.filter(({ requestsPerSecond }) => requestsPerSecond > 1).length;
      return (calls >= 4 && edges.some((edge) => edge.denied)) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  const panel = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });

  async function post<T>(path: string, body: object): Promise<T> {
    const headers = { "content-type": "application/json", "x-meshdeck": "1" };
    const response = await fetch(local.dashboard + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
  const measured = async (measures: string[], more: object = {}) => {
    const panels = [{ kind: "top", source: { of: "measures", measures, ...more } }];
    const { panels: found } = await post<BoardData>("/api/boards/data", { panels });
    return found[0]?.series ?? [];
  };

  it("show what the graph and the controller say too, and one board costs one request", async () => {
    const asked: string[] = [];
    const { page, errors } = await at("/graph");
    page.on("request", (request) => {
      if (request.url().includes("/api/boards/")) asked.push(request.url());
    });
    await page.getByTestId("graph").waitFor();
    // On a busy machine the two keys come too far apart for a pair while the first picture is drawn.
    await eventually("the boards", 40, async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("m");
      const heading = page.getByRole("heading", { level: 1, name: "Metrics" });
      return heading.waitFor({ timeout: 5_000 }).then(() => true);
    });
    await panel(page, "Latency").locator(".recharts-line-curve").first().waitFor();
    // Both are of a mesh that has just begun: they come together once their windows are full.
    await eventually("the same requests and refusals", 60, async () => {
      const { edges } = await local.topology(30);
      const sum = (of: (edge: (typeof edges)[number]) => number) => edges.reduce((all, edge) => all + of(edge), 0);
      const [refused] = await measured(["denied"]);
      const pairs = {
        requests: [
          Number.parseFloat(await panel(page, "Requests").locator("p").innerText()),
          sum(({ requestsPerSecond }) => requestsPerSecond),
        ],
        refusals: [refused?.values[0] ?? Number.NaN, sum(({ deniedPerSecond }) => deniedPerSecond)],
      } as const;
      for (const [what, [board, graph]] of Object.entries(pairs)) {
        if (!(board > graph * 0.7 && board < graph * 1.3)) {
          throw new Error(`${what}: ${board} on the board, ${graph} in the graph`);
        }
      }
      return true;
    });
    const { items } = await local.get<{ items: unknown[] }>("/api/proxies");
    const [proxies] = await measured(["proxies"]);
    expect(proxies?.values[0]).toBe(items.length);
    expect(new Set(asked.slice(0, 1))).toEqual(new Set([`${local.dashboard}/api/boards/data`]));
    expect(await page.getByRole("region").count()).toBeGreaterThanOrEqual(11);
    expect(errors).toEqual([]);
    await page.context().close();
  }, 120_000);

  it("answer every built-in board, without an error in any panel", async () => {
    const { page, errors } = await at("/boards");
    for (const { id, title } of BUILT_IN) {
      await page.getByLabel("Board", { exact: true }).selectOption(`built-in ${id}`);
      await eventually(`the board ${title}`, 15, async () => {
        const loading = await page.getByRole("status", { name: /^Loading/ }).count();
        return (loading === 0 && (await page.getByRole("region").count()) >= 4) || null;
      });
      expect(await page.getByRole("main").getByRole("alert").count(), title).toBe(0);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("write every label of their axes whole", async () => {
    const { page } = await at("/boards");
    await panel(page, "Bytes").locator("svg text").first().waitFor();
    const cut = await page.locator(".recharts-surface").evaluateAll((charts) =>
      charts.flatMap((chart) => {
        const box = chart.getBoundingClientRect();
        const isOutside = ({ left, right }: DOMRect) => left < box.left - 0.5 || right > box.right + 0.5;
        return [...chart.querySelectorAll("text")]
          .filter((label) => isOutside(label.getBoundingClientRect()))
          .map((label) => label.textContent);
      }),
    );
    expect(cut).toEqual([]);
    await page.context().close();
  });

  it("point at one moment in every chart, by mouse and by key", async () => {
    const { page, errors } = await at("/boards");
    const plot = (title: string) => panel(page, title).getByRole("slider");
    const moments = () =>
      page
        .getByRole("main")
        .getByRole("slider")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-valuenow")));
    await panel(page, "Latency").locator(".recharts-line-curve").first().waitFor();
    const newest = await moments();
    expect(newest.length).toBeGreaterThan(3);
    await plot("Latency").hover();
    await eventually("one moment", 5, async () => {
      const all = await moments();
      return (new Set(all).size === 1 && all[0] !== newest[0]) || null;
    });
    const [hovered] = await moments();
    await page.mouse.move(0, 0);
    await plot("Bytes").focus();
    await page.keyboard.press("ArrowLeft");
    await eventually("one moment by key", 5, async () => {
      const all = await moments();
      return (new Set(all).size === 1 && all[0] !== hovered) || null;
    });
    expect(await plot("Requests, errors and denied calls").getAttribute("aria-valuetext")).toMatch(/^[\d:]+: requests/);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("take any chart, are arranged by keyboard, and come back from their URL in another browser", async () => {
    const { page, errors } = await at("/graph?node=bookstore/service/bookstore-v1");
    for (const chart of ["Requests", "Latency"]) {
      await page.getByRole("button", { name: `Actions of ${chart} of bookstore-v1` }).click();
      const board = chart === "Requests" ? "New board" : "My board";
      await page.getByRole("menuitem", { name: board }).click();
      await page.getByText("Added to My board").last().waitFor();
    }
    await page.goto(`${local.dashboard}/boards`);
    await page.getByLabel("Board", { exact: true }).selectOption("own My board");
    await panel(page, "Latency of bookstore-v1").locator(".recharts-line-curve").first().waitFor();
    const places = () =>
      decodeBoard(new URL(page.url()).searchParams.get("own") ?? "")?.panels.map(({ place }) => place);
    expect(places()).toEqual([
      { x: 0, y: 0, w: 6, h: 5 },
      { x: 6, y: 0, w: 6, h: 5 },
    ]);
    const handle = page.getByRole("button", { name: /^Move Latency/ });
    await handle.focus();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await eventually("both lie where they were put", 5, async () => {
      const now = JSON.stringify(places());
      if (
        now !==
        JSON.stringify([
          { x: 0, y: 6, w: 6, h: 5 },
          { x: 0, y: 0, w: 7, h: 6 },
        ])
      )
        throw new Error(now);
      return true;
    });
    await eventually("a step is spoken", 5, async () => {
      return (await page.getByTestId("spoken").innerText()).includes("7 wide, 6 high") || null;
    });
    await page.getByLabel("Title of the board").fill("Shop");
    await page.keyboard.press("Enter");
    await page.getByText("kept in this browser").waitFor();

    const shared = await openPage(browser, page.url());
    await panel(shared.page, "Latency of bookstore-v1").locator(".recharts-line-curve").first().waitFor();
    await shared.page.getByText("came by its link, not kept here").waitFor();
    await shared.page.getByRole("button", { name: "Keep in this browser" }).click();
    await shared.page.getByText("kept in this browser").waitFor();
    expect(shared.errors).toEqual([]);
    await shared.page.context().close();

    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete Shop" }).click();
    await eventually("it is gone", 5, async () => {
      const options = await page.getByLabel("Board", { exact: true }).locator("option").allInnerTexts();
      return options.every((text) => !text.startsWith("Mine")) || null;
    });
    await page.goBack();
    await page.getByText("came by its link, not kept here").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("are saved as Grafana dashboards, whose every query a Prometheus answers", async () => {
    const { page } = await at("/boards?board=service&service=bookstore/bookstore-v1");
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export for Grafana" }).click();
    const saved = await waiting;
    expect(saved.suggestedFilename()).toBe("Service.grafana.json");
    const dashboard = GrafanaDashboardSchema.parse(JSON.parse(readFileSync(await saved.path(), "utf8")));
    expect(dashboard.panels).toHaveLength(12);
    const prometheus = metricsUrl(local);
    for (const { title, targets } of dashboard.panels) {
      for (const { expr } of prometheus ? targets : []) {
        const query = expr
          .replaceAll("$__rate_interval", "30s")
          .replaceAll(/\$\{service_namespace\}/g, "bookstore")
          .replaceAll(/\$\{service\}/g, "bookstore-v1");
        const response = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
        const answer = (await response.json()) as { status: string; error?: string; data?: { result: unknown[] } };
        expect(answer.status, `${title}: ${answer.error} ${query}`).toBe("success");
        if (title === "Requests") expect(answer.data?.result).toHaveLength(1);
      }
    }
    await page.getByRole("button", { name: "Actions of p99 latency" }).click();
    await page.getByRole("menuitem", { name: "Show its queries" }).click();
    await page
      .getByRole("dialog")
      .getByText(/histogram_quantile\(0\.99, sum by \(le\)/)
      .waitFor();
    await page.context().close();
  });

  it("keep their keyboard, a phone's width and axe in both themes", async () => {
    for (const options of [
      { theme: "light", width: 1440, height: 900 },
      { theme: "dark", width: 390, height: 844 },
    ] as const) {
      const { page, errors } = await at("/boards", options);
      await panel(page, "Latency").locator(".recharts-line-curve").first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });
});

/** Where local mode's Prometheus listens, by its own command line; null when the embedded store stands in for it. */
function metricsUrl(local: LocalMode): string | null {
  const command = processesNaming(local.dataFolder).find(({ command }) =>
    command.includes("--web.listen-address="),
  )?.command;
  const address = /--web\.listen-address=(\S+)/.exec(command ?? "")?.[1];
  return address ? `http://${address}` : null;
}
