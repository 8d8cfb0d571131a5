/** The drawn graph as a person uses it: dragged, pinned, laid out another way, saved; nothing of it jumps when figures change. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { eventually } from "../support/local-mode";

const canRun = DASHBOARD_IS_BUILT && process.env.MESHDECK_CHROMIUM !== undefined;

describe.skipIf(!canRun)("the drawn graph", () => {
  let demo: DemoApi;
  let dashboard: Dashboard;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-drawing-"));
    demo = await startDemoApi();
    writeFileSync(join(folder, "kubeconfig"), demo.kubeconfig);
    dashboard = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: demo.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_CONTROLLER_URL: "https://127.0.0.1:9",
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.stop();
    await demo?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function graph(query = "", size: { width?: number; height?: number } = {}) {
    const opened = await openPage(browser, `${dashboard.url}/graph?motion=off${query}`, size);
    await opened.page.locator("[data-drawn]").waitFor({ state: "attached" });
    return opened;
  }

  /** Places as the page keeps them, by layout. */
  function keptPlaces(page: Page, layout: string): Promise<Record<string, [number, number]>> {
    return page.evaluate(
      (key) => JSON.parse(localStorage.getItem(key) ?? '{"places":{}}').places,
      `meshdeck.graph.places.services.${layout}`,
    );
  }

  async function saved(page: Page, format: string): Promise<Buffer> {
    await page.getByRole("button", { name: "Save the graph" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: format }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^Service-graph-\d{4}-\d\d-\d\dT[\d-]+Z\.(png|svg|json)$/);
    return readFile(await file.path());
  }

  interface SavedGraph {
    readonly nodes: readonly { readonly name: string; readonly place: { readonly x: number; readonly y: number } }[];
  }

  it("saves what is shown as JSON, SVG and PNG", async () => {
    const { page, errors } = await graph();
    const json = JSON.parse((await saved(page, "JSON")).toString()) as SavedGraph;
    expect(json.nodes.map(({ name }) => name)).toContain("bookstore-v1");
    const svg = (await saved(page, "SVG")).toString();
    for (const { name } of json.nodes) expect(svg).toContain(`>${name}</text>`);
    const png = await saved(page, "PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("is laid out by forces and in rings beside the page; each way keeps its places", async () => {
    const { page, errors } = await graph();
    const layered = await keptPlaces(page, "wide");
    await page.getByRole("button", { name: "Arrange the graph" }).click();
    await page.getByRole("menuitem", { name: "Force" }).click();
    const force = await eventually("forces have placed every node", 15, async () => {
      const places = await keptPlaces(page, "wide.force");
      return Object.keys(places).length === Object.keys(layered).length ? places : null;
    });
    expect(force).not.toEqual(layered);
    expect(page.url()).toContain("layout=force");
    await page.getByRole("button", { name: "Arrange the graph" }).click();
    await page.getByRole("menuitem", { name: "Radial" }).click();
    await eventually("rings have placed every node", 15, async () =>
      Object.keys(await keptPlaces(page, "wide.radial")).length > 0 ? true : null,
    );
    expect(await keptPlaces(page, "wide")).toEqual(layered);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("pins a node that is dragged, keeps it when all is arranged anew, and lets go of it", async () => {
    const { page, errors } = await graph();
    const before = JSON.parse((await saved(page, "JSON")).toString()) as SavedGraph;
    const box = await page.getByTestId("graph").boundingBox();
    if (!box) throw new Error("no graph");
    // The keyboard says where a node is: the focus frame is drawn around it, and a drag of it moves it.
    const moved = await dragSomeNode(page, box);
    expect(moved).toBe(true);
    const pins = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem("meshdeck.graph.pins.services.wide") ?? "[]") as string[]);
    const [pin = ""] = await eventually("a node is pinned", 5, async () => ((await pins()).length > 0 ? pins() : null));
    const place = (await keptPlaces(page, "wide"))[pin];
    await page.getByRole("button", { name: "Arrange the graph" }).click();
    await page.getByRole("menuitem", { name: /Arrange anew/ }).click();
    const after = await eventually("everything is placed again", 10, async () => {
      const places = await keptPlaces(page, "wide");
      return Object.keys(places).length === before.nodes.length ? places : null;
    });
    expect(after[pin]).toEqual(place);
    await page.getByRole("button", { name: "Arrange the graph" }).click();
    await page.getByRole("menuitem", { name: /Unpin/ }).click();
    expect(await pins()).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  /** Tries points of the picture until a drag has moved a node: where nodes are is the layout's business. */
  async function dragSomeNode(page: Page, box: { x: number; y: number; width: number; height: number }) {
    for (let row = 1; row < 12; row += 1) {
      for (let column = 1; column < 20; column += 1) {
        const at = { x: box.x + (box.width * column) / 20, y: box.y + (box.height * row) / 12 };
        await page.mouse.move(at.x, at.y);
        if ((await page.getByRole("application").evaluate((element) => element.style.cursor)) !== "pointer") continue;
        await page.mouse.down();
        await page.mouse.move(at.x + 40, at.y + 30, { steps: 4 });
        await page.mouse.up();
        const isPinned = await page.evaluate(() => localStorage.getItem("meshdeck.graph.pins.services.wide") !== null);
        if (isPinned) return true;
      }
    }
    return false;
  }

  it("pins and unpins by the keyboard, and says so", async () => {
    const { page } = await graph();
    await page.getByRole("application").focus();
    const spoken = (text: string) =>
      eventually(`"${text}" is spoken`, 5, async () =>
        (await page.getByTestId("spoken").innerText()).includes(text) ? true : null,
      );
    await page.keyboard.press(".");
    await spoken("Pinned where it stands");
    await page.keyboard.press(".");
    await spoken("Unpinned");
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  it("a menu that closes gives the focus back without a tooltip over its neighbours", async () => {
    const { page } = await graph();
    const button = page.getByRole("button", { name: "Arrange the graph" });
    const isFocused = () => button.evaluate((element) => element === document.activeElement);
    const tips = page.locator("[role=tooltip]:popover-open");
    await button.waitFor();
    await page.getByRole("button", { name: "Show the whole picture" }).focus();
    await page.keyboard.press("Tab");
    await tips.filter({ hasText: "Arrange the graph" }).waitFor();
    for (const leave of ["Escape", "Enter"]) {
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Layered" }).waitFor();
      if (leave === "Enter") await page.keyboard.press("ArrowDown");
      await page.keyboard.press(leave);
      await eventually("the button has the focus again", 5, async () => (await isFocused()) || null);
      expect(await tips.count()).toBe(0);
    }
    await button.click();
    await page.getByRole("menuitem", { name: "Layered" }).click();
    await eventually("the button has the focus again", 5, async () => (await isFocused()) || null);
    await page.mouse.move(700, 300);
    expect(await tips.count()).toBe(0);
    await page.context().close();
  });

  it("slides a new service in beside its neighbours, and moves nothing else; without motion it is there at once", async () => {
    const opened = await Promise.all(
      (["no-preference", "reduce"] as const).map(async (reducedMotion) => {
        const watched = await openPage(browser, `${dashboard.url}/graph`, { reducedMotion });
        await watched.page.locator("[data-drawn]").waitFor({ state: "attached" });
        return watched;
      }),
    );
    const nodes = (page: Page) =>
      page.getByRole("application").evaluate((element) => Number(/\d+/.exec(element.ariaLabel ?? "")?.[0]));
    const slides = (page: Page) =>
      page.evaluate(() => performance.getEntriesByName("graph-slide").map(({ duration }) => duration));
    const before = await Promise.all(opened.map(({ page }) => nodes(page)));
    const places = await Promise.all(opened.map(({ page }) => keptPlaces(page, "wide")));
    // Figures have come several times by now.
    await opened[0]?.page.waitForTimeout(3_000);
    for (const { page } of opened) expect(await slides(page)).toEqual([]);
    await demo.store.create(
      { group: "", version: "v1", plural: "services" },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "bookmark", namespace: "bookstore" },
        spec: { selector: { app: "bookmark" }, ports: [{ port: 8080 }] },
      },
    );
    for (const [index, { page, errors }] of opened.entries()) {
      await eventually(
        "the new node is there",
        15,
        async () => (await nodes(page)) === (before[index] ?? 0) + 1 || null,
      );
      const { "bookstore/service/bookmark": own, ...others } = await keptPlaces(page, "wide");
      expect(own).toBeDefined();
      expect(others).toEqual(places[index]);
      await page.waitForTimeout(500);
      const durations = await slides(page);
      expect(durations).toHaveLength(index === 0 ? 1 : 0);
      // The frame that ends it is one more, and late where the machine is slow.
      for (const duration of durations) expect(duration).toBeLessThan(250);
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });

  it("on a phone everything is within the width", async () => {
    const { page, errors } = await graph("", { width: 390, height: 844 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    expect(await seriousFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("on a phone what is chosen is not beneath the panel that comes up for it", async () => {
    const { page, errors } = await graph("&node=bookstore/service/bookstore-v1", { width: 390, height: 844 });
    await page.locator("aside").waitFor();
    await page.waitForTimeout(500);
    // The only thing in the picture that is drawn in the accent is the border of what is chosen.
    const lowest = await page.evaluate(() => {
      const canvas = document.querySelectorAll<HTMLCanvasElement>("[data-testid=graph] > canvas")[1];
      const context = canvas?.getContext("2d");
      if (!canvas || !context) throw new Error("no canvas");
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let last = -1;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
        if (alpha > 200 && blue > 180 && red < 90 && green < 90) last = Math.floor(at / 4 / canvas.width);
      }
      return canvas.getBoundingClientRect().top + last / devicePixelRatio;
    });
    const panel = await page.locator("aside").boundingBox();
    expect(lowest).toBeGreaterThan(200);
    expect(lowest).toBeLessThan(panel?.y ?? 0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
