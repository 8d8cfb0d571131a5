/** What a person does with the graph, in a real browser: a small mesh whose figures are known, and one of 300 services. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePicture } from "@/components/graph/picture";
import type { Topology } from "@/lib/contract/topology";
import { counted } from "@/lib/format/counted";
import { translate } from "@/lib/mesh/translate";
import { fitZoom, READABLE_ZOOM } from "@/lib/picture/layout/room";
import { insideStatus } from "@/lib/picture/status";
import { buildTopology } from "@/lib/topology/build";
import { generateMesh } from "../bench/generate-mesh";
import { bookstoreTopology } from "../fixtures/topology";
import { launchChromium, openPage, seriousFindings, type Watched } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { eventually } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_CHROMIUM) && DASHBOARD_IS_BUILT;

/** 300 services in 15 namespaces; every tenth call fails now and then, every hundredth is denied. */
function largeMesh(services: number, callsPerService: number): Topology {
  const objects = generateMesh({ services, podsPerService: 1, callsPerService });
  const built = buildTopology({
    model: translate(objects, { meshName: "osm", trustDomain: "cluster.local", policyMode: "smi" }),
    objects,
    samples: { requests: [], latency: [], connections: [], denied: [] },
    at: 0,
    windowSeconds: 30,
    queries: { count: 4, ms: 1 },
    partial: [],
  });
  return {
    ...built,
    edges: built.edges.map((edge, index) =>
      index % 100 === 0
        ? { ...edge, deniedPerSecond: 2, denied: true }
        : {
            ...edge,
            requestsPerSecond: 1 + (index % 7),
            errorRatio: index % 10 === 0 ? 0.02 : 0,
            mtlsRatio: 1,
            mtls: true,
          },
    ),
  };
}

describe.skipIf(!available)("the graph in a browser", () => {
  const large = largeMesh(300, 5);
  let api: DemoApi;
  let dashboard: Dashboard;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "meshdeck-graph-"));

  beforeAll(async () => {
    [api, browser] = await Promise.all([startDemoApi(), launchChromium()]);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    dashboard = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
    });
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.stop();
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    topology: Topology,
    query: string,
    options: Parameters<typeof openPage>[2] = {},
  ): Promise<Watched> {
    const watched = await openPage(browser, "about:blank", options);
    await watched.page.route("**/api/topology?*", (route) => route.fulfill({ json: { ...topology, at: Date.now() } }));
    await watched.page.route("**/api/stream?*", (route) => route.abort());
    await watched.page.goto(`${dashboard.url}/graph${query}`);
    await watched.page.getByTestId("strip").waitFor();
    return watched;
  }
  const bookstore = (query = "", options?: Parameters<typeof openPage>[2]) =>
    open(bookstoreTopology(0), query, options);
  const canvas = (page: Page) => page.getByRole("application");
  const strip = (page: Page) => page.getByTestId("strip").innerText();
  const spoken = (page: Page, what: RegExp) =>
    eventually(`hears ${what}`, 5, async () => what.test(await page.getByTestId("spoken").innerText()) || null);
  const drawn = (page: Page, nodes: number) =>
    eventually(`${nodes} nodes are drawn`, 20, async () => {
      const label = (await canvas(page).getAttribute("aria-label")) ?? "";
      const isPainted = (await canvas(page).getAttribute("data-drawn")) === "true";
      if (!isPainted || !label.startsWith(`Service graph, ${counted(nodes, "node")}.`))
        throw new Error(`${label} ${isPainted}`);
      return true;
    });
  const keptPlaces = (page: Page): Promise<Record<string, [number, number]>> =>
    page.evaluate(
      () => JSON.parse(localStorage.getItem("meshdeck.graph.places.namespaces.wide") ?? '{"places":{}}').places,
    );
  const urlHas = (page: Page, part: string) =>
    eventually(`the address has ${part}`, 5, async () => decodeURIComponent(page.url()).includes(part) || null);

  it("asks for the mesh once, before its styles and scripts have come", async () => {
    const { page, errors } = await openPage(browser, "about:blank");
    let asked = 0;
    let told = () => {};
    const isAsked = new Promise<void>((resolve) => {
      told = resolve;
    });
    await page.route("**/api/stream?*", (route) => route.abort());
    await page.route("**/api/topology?*", async (route) => {
      asked += 1;
      told();
      await route.fulfill({ json: { ...bookstoreTopology(0), at: Date.now() } });
    });
    await page.route("**/_next/static/**", async (route) => {
      await isAsked;
      await route.continue();
    });
    await page.goto(`${dashboard.url}/graph`);
    await drawn(page, 7);
    expect(asked).toBe(1);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("shows a large mesh by namespaces, and opens and folds one by keys", async () => {
    const { page, errors } = await open(large, "");
    await drawn(page, 15);
    expect(await strip(page)).toMatch(/^15 folded, /);
    expect(await page.getByLabel("Level of detail").first().inputValue()).toBe("namespaces");
    await canvas(page).focus();
    await spoken(page, /folded, \d+ services and 20 workloads/);
    await page.keyboard.type("ns-3");
    await spoken(page, /^ns-3, folded/);
    await page.keyboard.press("Enter");
    await urlHas(page, "level=namespaces");
    await urlHas(page, "open=ns-3");
    const inside = large.nodes.filter((node) => node.namespace === "ns-3" && node.kind === "service").length;
    await drawn(page, 14 + inside);
    expect(await strip(page)).toContain("Open:");
    await page.keyboard.press("ArrowRight");
    await spoken(page, / calls | may call | is denied /);
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("button", { name: "Fold ns-3" }).click();
    await drawn(page, 15);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("opens a large mesh where every namespace can be read: named, near enough, and without dots", async () => {
    const { page, errors } = await open(large, "");
    await drawn(page, 15);
    const places = await keptPlaces(page);
    const points = Object.values(places).map(([x, y]) => ({ x, y }));
    expect(points).toHaveLength(15);
    expect(fitZoom(points, "wide")).toBeGreaterThanOrEqual(READABLE_ZOOM);
    await page.getByRole("button", { name: "Save the graph" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "SVG" }).click(),
    ]);
    const svg = await readFile(await file.path(), "utf8");
    for (let at = 0; at < 15; at += 1) expect(svg).toContain(`>ns-${at}</text>`);
    const { nodes } = makePicture(large, { level: "namespaces", scope: null });
    const unwell = nodes.flatMap(({ folded }) => (folded && insideStatus(folded)?.text) ?? []);
    expect(unwell.filter((text) => svg.includes(`>${text}</text>`))).not.toEqual([]);
    // Opened again, everything stands where it stood.
    await page.reload();
    await drawn(page, 15);
    expect(await keptPlaces(page)).toEqual(places);
    await page.getByRole("button", { name: "Arrange the graph" }).click();
    const dots = page.getByRole("menuitem", { name: "Calls as moving dots" });
    expect(await dots.getByLabel("on").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("has a map of a large picture once not all of it is in view, over a reload too", async () => {
    const { page, errors } = await open(large, "?level=services");
    const map = page.getByTestId("minimap");
    for (const turn of ["opened", "reloaded"]) {
      if (turn === "reloaded") await page.reload();
      await drawn(page, makePicture(large, { level: "services", scope: null }).nodes.length);
      await page.waitForTimeout(300);
      expect(await map.isVisible()).toBe(false);
      for (let step = 0; step < 4; step += 1) await page.getByRole("button", { name: "Nearer" }).click();
      await map.waitFor();
      expect((await map.boundingBox())?.height).toBeGreaterThan(40);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("opens by a double click and folds by a key, and every call of a folded edge is in its panel", async () => {
    const { page, errors } = await open(large, "?focus=_/ns-0&up=0&down=0");
    await drawn(page, 1);
    await canvas(page).dblclick();
    await urlHas(page, "open=ns-0");
    const inside = large.nodes.filter((node) => node.namespace === "ns-0" && node.kind === "service").length;
    await drawn(page, inside);
    await canvas(page).focus();
    await page.keyboard.press("-");
    await drawn(page, 1);
    const picture = makePicture(large, { level: "namespaces", scope: null });
    const folded = picture.edges.find((edge) => edge.calls.length > 3 && (edge.edge?.parts?.denied ?? 0) > 0);
    await page.goto(`${dashboard.url}/graph?edge=${encodeURIComponent(folded?.id ?? "")}`);
    await drawn(page, 15);
    const panel = page.locator("aside");
    await panel.getByText(`Sums ${folded?.calls.length} edges`).waitFor();
    await panel.getByRole("button", { name: / → / }).first().click();
    await panel.getByText("Policy").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("finds by an expression with parentheses, completes it, and says what it cannot read", async () => {
    const { page, errors } = await bookstore();
    await drawn(page, 7);
    const field = page.getByLabel("Find in the graph");
    await page.keyboard.press("f");
    await page.keyboard.type("(denied or errors > 1%) and not ns = bookthief");
    await page.getByText("3 of 7").waitFor();
    await urlHas(page, "find=(denied");
    await field.fill("err");
    await page.getByRole("option", { name: /^errors/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await field.inputValue()).toBe("errors ");
    await page.keyboard.type("> many or denied");
    await page.getByText('Position 10: errors is compared with a number, "many" is none').waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await field.inputValue()).toBe("");
    await page.getByRole("button", { name: "How to find" }).click();
    await page.getByRole("button", { name: /^errors > 1% and not idle/ }).click();
    expect(await field.inputValue()).toBe("errors > 1% and not idle");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("leaves out what is not wanted, and shows it again", async () => {
    const { page, errors } = await bookstore("?hide=ns+%3D+bookwarehouse");
    await drawn(page, 5);
    await page.getByRole("button", { name: /^View, 1 filter/ }).click();
    await page.getByLabel("Everything that has no problem").click();
    await urlHas(page, "problems=only");
    await page.getByLabel("Hide what fits").fill("");
    await eventually("the filter is gone from the address", 5, async () => !page.url().includes("hide=") || null);
    await page.keyboard.press("Escape");
    expect(await strip(page)).toMatch(/\d+ left out/);
    await page.getByRole("button", { name: "Show what is left out" }).click();
    await drawn(page, 7);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("focuses on what is near one node, further on demand, and leaves by Escape", async () => {
    const { page, errors } = await bookstore();
    await drawn(page, 7);
    await canvas(page).focus();
    await page.keyboard.type("bookw");
    await spoken(page, /^bookwarehouse in bookwarehouse/);
    await page.keyboard.press("Shift+Enter");
    await urlHas(page, "focus=bookwarehouse/service/bookwarehouse&up=1&down=1");
    await drawn(page, 5);
    await page.getByRole("button", { name: "More callers" }).click();
    await drawn(page, 7);
    await page.getByRole("button", { name: "Fewer callees" }).click();
    await urlHas(page, "up=2&down=0");
    await drawn(page, 6);
    await canvas(page).focus();
    await page.keyboard.press("Escape");
    await drawn(page, 7);
    expect(page.url()).not.toContain("focus=");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("keeps a named view, and shows the same from its address alone", async () => {
    const query = "?level=namespaces&open=bookstore&metric=errors&find=denied&unused=hide";
    const { page, errors } = await bookstore(query);
    await drawn(page, 6);
    const seen = await strip(page);
    await page.getByRole("button", { name: "Saved views" }).click();
    await page.getByLabel("Name of this view").fill("Thieves");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const link = page.getByRole("link", { name: "Thieves" });
    const address = (await link.getAttribute("href")) ?? "";
    await page.goto(`${dashboard.url}/graph?level=workloads`);
    await page.getByRole("button", { name: "Saved views" }).click();
    await link.click();
    await drawn(page, 6);
    await page.getByRole("button", { name: "Rename Thieves" }).click();
    await page.getByLabel("New name of Thieves").fill("Refused");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("button", { name: "Delete Refused" }).click();
    expect(await page.getByRole("link", { name: "Refused" }).count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();

    const other = await bookstore(new URL(address, dashboard.url).search);
    await drawn(other.page, 6);
    expect(await strip(other.page)).toBe(seen);
    expect(await other.page.getByLabel("Find in the graph").inputValue()).toBe("denied");
    expect(await other.page.getByLabel("Label of edges").first().inputValue()).toBe("errors");
    await other.page.context().close();
  });

  it("tells in a table what the picture shows, at every level", async () => {
    for (const level of ["namespaces", "services", "workloads"] as const) {
      const picture = makePicture(bookstoreTopology(0), { level, scope: null });
      const { page, errors } = await bookstore(`?view=table&level=${level}`);
      const calls = page.getByRole("grid", { name: "Calls between services" });
      await calls.waitFor();
      const rows = async (grid: typeof calls) => await grid.locator("tbody tr").count();
      expect(await rows(calls)).toBe(picture.edges.filter((edge) => edge.kind === "call").length);
      await calls.locator("tbody tr").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("aside").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: "Nodes" }).click();
      const nodes = page.getByRole("grid", { name: "Services, workloads and folded groups" });
      await nodes.locator("tbody tr").first().waitFor();
      const names = await nodes.locator("tbody tr td:first-child").allInnerTexts();
      expect(names.sort()).toEqual(picture.nodes.map((node) => node.name).sort());
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });

  it("lists ten thousand calls without holding up the page", async () => {
    const { page, errors } = await open(largeMesh(1000, 10), "?view=table&level=workloads&find=not+idle");
    const rows = page.getByRole("grid", { name: "Calls between services" }).locator("tbody tr");
    await rows.first().waitFor({ timeout: 30_000 });
    expect(await rows.count()).toBeLessThanOrEqual(500);
    await page.getByRole("button", { name: "Rate", exact: true }).click();
    expect(await rows.first().innerText()).toContain("7/s");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("fits a phone, and has no serious accessibility finding", async () => {
    const phone = await bookstore("?level=namespaces&focus=_/bookstore", { theme: "dark", width: 390, height: 844 });
    await phone.page.getByTestId("graph").waitFor();
    expect(await phone.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await phone.page.getByRole("button", { name: "View", exact: true }).click();
    await phone.page
      .getByRole("dialog", { name: "What is shown" })
      .getByLabel("Level of detail")
      .selectOption("services");
    await phone.page.getByLabel("Name of this view").waitFor();
    expect(await seriousFindings(phone.page)).toEqual([]);
    await phone.page.context().close();

    const desk = await bookstore("?find=errors+%3E+many&node=bookstore/service/bookstore-v2");
    await desk.page.locator("aside").waitFor();
    await desk.page.getByLabel("Find in the graph").focus();
    await desk.page.keyboard.press("ArrowDown");
    expect(await seriousFindings(desk.page)).toEqual([]);
    expect([...phone.errors, ...desk.errors]).toEqual([]);
    await desk.page.context().close();
  });
});
