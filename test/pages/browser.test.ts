/** What a person does in the dashboard, in a real browser, on a mesh that runs. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, processesNaming, startLocalMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const BUYER = "bookbuyer/deployment/bookbuyer";
const THIEF = "bookthief/deployment/bookthief";

describe.skipIf(!available)("the dashboard in a browser", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startLocalMode(), launchChromium()]);
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      const calls = edges.filter((edge) => edge.source === BUYER && edge.requestsPerSecond > 0).length;
      return (calls >= 2 && edges.some((edge) => edge.denied)) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);

  async function weights(): Promise<number[]> {
    const split = JSON.parse(await local.kubectl("get", "trafficsplit", "bookstore", "-n", "bookstore", "-o", "json"));
    return split.spec.backends.map((backend: { weight: number }) => backend.weight);
  }

  it("draws the graph, tells the same as a table, and is walked by keys", async () => {
    const { page, errors } = await at("/graph");
    await page.getByTestId("graph").waitFor();
    await page.keyboard.press("t");
    const table = page.locator("table").first();
    await table.waitFor();
    for (const name of ["bookbuyer", "bookthief", "bookstore-v1", "bookstore-v2", "bookwarehouse", "stockdb"]) {
      expect(await table.innerText()).toContain(name);
    }
    expect(await table.innerText()).toMatch(/denied/i);
    await page.keyboard.press("t");
    await page.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    await eventually("a move is spoken", 5, async () => {
      const spoken = await page.getByTestId("spoken").innerText();
      return spoken.trim() !== "" || null;
    });
    await page.keyboard.press("Enter");
    await page.locator("aside").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("aside").waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("shows without a reload what kubectl did to a split", async () => {
    const { page, errors } = await at("/splits");
    const card = page.getByRole("article", { name: "TrafficSplit bookstore/bookstore" });
    await card.getByRole("slider").waitFor();
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 25 },
        { op: "replace", path: "/spec/backends/1/weight", value: 75 },
      ]),
    );
    await eventually("the bar follows", 10, async () => {
      const value = await card.getByRole("slider").getAttribute("aria-valuenow");
      return value === "25" || null;
    });
    await eventually("the observed share follows", 75, async () => {
      const observed = await card.getByRole("img", { name: /^Observed/ }).getAttribute("aria-label");
      const share = Number(/bookstore-v1 ([\d.]+)/.exec(observed ?? "")?.[1]);
      if (!(Math.abs(share - 25) <= 5)) throw new Error(`${observed}`);
      return true;
    });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("changes a split by its slider: the calls and kubectl follow", async () => {
    const { page, errors } = await at("/splits");
    const card = page.getByRole("article", { name: "TrafficSplit bookstore/bookstore" });
    const divider = card.getByRole("slider");
    const track = await divider.locator("xpath=..").boundingBox();
    const handle = await divider.boundingBox();
    if (!track || !handle) throw new Error("no bar");
    const y = handle.y + handle.height / 2;
    await page.mouse.move(handle.x + handle.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(track.x + track.width * 0.6, y, { steps: 4 });
    await page.mouse.move(track.x + track.width * 0.9, y, { steps: 4 });
    await page.mouse.up();
    expect(await divider.getAttribute("aria-valuenow")).toBe("90");
    // By keys to the other side of it and back, so that both ways end at the same place.
    await divider.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await card.getByRole("button", { name: "Apply 90/10" }).click();
    await eventually("kubectl shows the weights", 10, async () => {
      const now = await weights();
      return JSON.stringify(now) === "[90,10]" || null;
    });
    await eventually("the calls follow", 30, async () => {
      const { edges } = await local.topology(10);
      const edge = edges.find((one) => one.source === BUYER && one.target === "bookstore/service/bookstore-v1");
      if (Math.abs((edge?.splitShare ?? 0) - 0.9) > 0.05) throw new Error(`share ${edge?.splitShare}`);
      return true;
    });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("never overwrites what someone else changed meanwhile", async () => {
    const { page } = await at("/splits");
    const card = page.getByRole("article", { name: "TrafficSplit bookstore/bookstore" });
    await card.getByRole("slider").focus();
    await page.keyboard.press("Home");
    await card.getByRole("button", { name: /^Apply/ }).waitFor();
    await local.kubectl(
      ...["patch", "trafficsplit", "bookstore", "-n", "bookstore", "--type=json", "-p"],
      JSON.stringify([
        { op: "replace", path: "/spec/backends/0/weight", value: 40 },
        { op: "replace", path: "/spec/backends/1/weight", value: 60 },
      ]),
    );
    const conflict = card.getByRole("alert", { name: "Changed by someone else" });
    await conflict.waitFor({ timeout: 10_000 });
    expect(await conflict.innerText()).toContain("weight: 40");
    expect(await weights()).toEqual([40, 60]);
    await conflict.getByRole("button", { name: "Keep theirs, drop mine" }).click();
    await eventually("the bar shows theirs", 5, async () => {
      return (await card.getByRole("slider").getAttribute("aria-valuenow")) === "40" || null;
    });
    await page.context().close();
  });

  it("lets bookthief in from the matrix, and takes it away again", async () => {
    const { page, errors } = await at("/access");
    const cell = () => page.getByRole("gridcell", { name: /^bookthief\/bookthief to bookstore\/bookstore:/ });
    await cell().waitFor();
    await eventually("the matrix shows the refusal", 20, async () => {
      return (await cell().getAttribute("aria-label"))?.includes("denied") || null;
    });
    await cell().click();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.getByRole("button", { name: /^Apply/ }).click();
    await eventually("the 403s stop", 30, async () => {
      const { edges } = await local.topology(10);
      const own = edges.filter((edge) => edge.source === THIEF);
      const through = own.some((edge) => edge.requestsPerSecond > 1);
      if (!through || own.some((edge) => edge.deniedPerSecond > 0)) throw new Error(JSON.stringify(own));
      return true;
    });
    await eventually("the matrix shows the permission", 30, async () => {
      return (await cell().getAttribute("aria-label"))?.includes("allowed") || null;
    });
    await cell().click();
    await page.getByRole("button", { name: "Deny", exact: true }).click();
    await page.getByRole("button", { name: /^Apply/ }).click();
    await eventually("the 403s are back", 30, async () => {
      const { edges } = await local.topology(10);
      const own = edges.filter((edge) => edge.source === THIEF);
      const refused = own.some((edge) => edge.deniedPerSecond > 1) && own.every((edge) => edge.requestsPerSecond < 0.5);
      if (!refused) throw new Error(JSON.stringify(own));
      return true;
    });
    expect(await local.kubectl("get", "traffictargets", "-n", "bookstore")).not.toContain("bookthief");
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("makes, edits and deletes an HTTPRouteGroup, form and YAML in step", async () => {
    const { page, errors } = await at("/access");
    await page.getByRole("button", { name: "New HTTPRouteGroup" }).click();
    const editor = page.getByRole("complementary");
    const row = page.getByRole("grid", { name: "Policies" }).getByText("bookstore/made-here");
    await editor.getByLabel("Name", { exact: true }).fill("made-here");
    await editor.getByLabel("Namespace", { exact: true }).fill("bookstore");
    await editor.getByLabel("Path", { exact: true }).fill("/made/[0-9]+");
    await eventually("the YAML follows the form", 10, async () => {
      return (await editor.locator(".cm-content").innerText()).includes("pathRegex: /made/[0-9]+") || null;
    });
    await editor.getByRole("button", { name: /^Apply/ }).click();
    await editor.waitFor({ state: "detached" });
    await row.waitFor();
    const stored = JSON.parse(
      await local.kubectl("get", "httproutegroups", "made-here", "-n", "bookstore", "-o", "json"),
    );
    expect(stored.spec.matches[0].pathRegex).toBe("/made/[0-9]+");

    await row.click();
    await editor.getByLabel("Path", { exact: true }).fill("/(");
    await eventually("a bad expression is said at its field", 10, async () => {
      return (await editor.getByLabel("Path", { exact: true }).getAttribute("aria-invalid")) === "true" || null;
    });
    await editor.getByLabel("Path", { exact: true }).fill("/edited");
    await editor.getByRole("button", { name: /^Apply/ }).click();
    await editor.waitFor({ state: "detached" });
    await eventually("the edit is stored", 10, async () => {
      const now = await local.kubectl("get", "httproutegroups", "made-here", "-n", "bookstore", "-o", "json");
      return now.includes("/edited") || null;
    });

    await row.click();
    await editor.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete made-here" }).click();
    await eventually("it is gone", 10, async () => {
      const names = await local.kubectl("get", "httproutegroups", "-n", "bookstore", "-o", "name");
      return names.includes("made-here") ? null : true;
    });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("finds in the graph, and shows each workload's identity and certificate", async () => {
    const { page } = await at("/graph?view=table");
    await page.locator("table").first().waitFor();
    await page.getByLabel("Find in the graph").fill("denied");
    await eventually("only what is denied is left in sight or marked", 10, async () => {
      const text = await page.locator("main").innerText();
      return text.includes("bookthief") || null;
    });
    await page.goto(`${local.dashboard}/security?view=workloads`);
    const table = page.getByRole("table", { name: "Workloads and their certificates" });
    await eventually("identities and serials", 10, async () => {
      const text = await table.innerText();
      return (/spiffe:\/\/cluster\.local\/bookbuyer\/bookbuyer/.test(text) && /[0-9a-f]{20,}/.test(text)) || null;
    });
    await page.context().close();
  });

  it("shows a refusal of the API server at the field it names", async () => {
    const { page } = await at("/access");
    await page.getByRole("button", { name: "New TrafficTarget" }).click();
    const name = page.getByLabel("Name", { exact: true });
    await name.fill("Not A Name");
    await page.getByRole("button", { name: "Try without storing" }).click();
    await eventually("the name's field says why", 10, async () => {
      return (await name.getAttribute("aria-invalid")) === "true" || null;
    });
    await page.context().close();
  });

  it("says on the page what is down while it is, and that it is back", async () => {
    const { page } = await at("/graph");
    await page.getByTestId("graph").waitFor();
    const controller = () =>
      processesNaming(local.dataFolder).find(({ command }) => /dist\/controller\.js/.test(command))?.pid;
    const said = page.getByText(/controller/i).first();
    // It may be back before anybody has noticed; the more often it ends, the longer it stays away.
    await eventually("what is down is said", 30, async () => {
      const pid = controller();
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      return said.waitFor({ timeout: 3_000 }).then(() => true);
    });
    await eventually("it is back", 30, async () => (await said.count()) === 0 || null);
    await page.context().close();
  });

  // Every page passes axe in every-page.test.ts; these show more where sidecars and a controller run.
  for (const path of ["/graph", "/security?view=workloads", "/proxies"]) {
    it(`has no serious accessibility finding on ${path}`, async () => {
      for (const options of [
        { theme: "light", width: 1440, height: 900 },
        { theme: "dark", width: 390, height: 844 },
      ] as const) {
        const { page, errors } = await at(path, options);
        await settled(page);
        expect(await seriousFindings(page)).toEqual([]);
        expect(errors).toEqual([]);
        await page.context().close();
      }
    });
  }
});

/** The page has its data: no skeleton is left. */
async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role="status"][aria-label^="Loading"]') === null);
}
