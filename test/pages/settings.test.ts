/** Settings and the palette on a mesh that runs: live checks, the MeshConfig and what it does to calls, what the reader chose. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, processesNaming, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const THIEF = "bookthief/deployment/bookthief";

describe.skipIf(!available)("settings", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("refusals", 60, async () => {
      const { edges } = await local.topology();
      return edges.some(({ source, denied }) => source === THIEF && denied) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  async function spec(): Promise<Record<string, Record<string, unknown> | undefined>> {
    const text = await local.kubectl("get", "meshconfig", "osm-mesh-config", "-n", "osm-system", "-o", "json");
    return JSON.parse(text).spec;
  }
  const patch = (value: unknown) =>
    local.kubectl(
      ...["patch", "meshconfig", "osm-mesh-config", "-n", "osm-system", "--type=merge", "-p"],
      JSON.stringify({ spec: value }),
    );
  const draft = (page: Page) => page.getByRole("region", { name: "Draft", exact: true });

  it("asks every data source now, and says what is wrong with one that hangs", async () => {
    const { page, errors } = await at("/settings");
    const card = (name: string) =>
      page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
    for (const name of ["Kubernetes API", "Metrics store", "Controller", "Calls told by sidecars"]) {
      await card(name)
        .getByText(/answers in/)
        .waitFor();
    }
    expect(await card("Kubernetes API").innerText()).toMatch(/v1\.\d+.*may change TrafficSplits/s);
    expect(await card("Metrics store").innerText()).toMatch(/Series of the mesh\s+[1-9]/);
    expect(await card("Controller").innerText()).toMatch(/Leader\s+this replica/);
    expect(await seriousFindings(page)).toEqual([]);
    const controllers = processesNaming(local.dataFolder).filter(({ command }) =>
      command.includes("dist/controller.js"),
    );
    for (const { pid } of controllers) process.kill(pid, "SIGSTOP");
    try {
      await card("Controller").getByRole("button", { name: "Check now: Controller" }).click();
      await card("Controller").getByText("did not answer within 3 s").waitFor({ timeout: 15_000 });
      await card("Kubernetes API")
        .getByText(/answers in/)
        .waitFor();
    } finally {
      for (const { pid } of controllers) process.kill(pid, "SIGCONT");
    }
    await card("Controller").getByRole("button", { name: "Check now: Controller" }).click();
    await card("Controller")
      .getByText(/answers in/)
      .waitFor({ timeout: 15_000 });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("edits the MeshConfig as form and YAML in step, tries it, and stores it", async () => {
    const { page, errors } = await at("/settings?view=mesh");
    const yaml = page.getByRole("textbox", { name: "MeshConfig as YAML" });
    await page.getByLabel("Certificate validity").fill("5m");
    await page
      .getByText(/must be at least 10m/)
      .first()
      .waitFor();
    expect(await draft(page).getByRole("button", { name: "Apply MeshConfig" }).isDisabled()).toBe(true);
    await page.getByLabel("Certificate validity").fill("48h");
    await eventually(
      "the YAML follows",
      5,
      async () => (await yaml.innerText()).includes("serviceCertValidityDuration: 48h") || null,
    );
    await draft(page).getByRole("button", { name: "Try without storing" }).click();
    await draft(page).getByText("The API server would accept this.").waitFor();
    expect((await spec()).certificate?.serviceCertValidityDuration).toBe("24h");
    await draft(page).getByRole("button", { name: "Apply MeshConfig" }).click();
    await draft(page).waitFor({ state: "detached" });
    expect((await spec()).certificate?.serviceCertValidityDuration).toBe("48h");
    expect((await spec()).sidecar?.enablePrivilegedInitContainer).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("never overwrites what someone else changed meanwhile: mine goes on top of theirs", async () => {
    const { page } = await at("/settings?view=mesh");
    await page.getByLabel("Sidecar log level").selectOption("debug");
    await patch({ traffic: { enableEgress: true } });
    await draft(page).getByRole("button", { name: "Apply MeshConfig" }).click();
    const conflict = page.getByRole("alert", { name: "Changed by someone else" });
    await conflict.waitFor();
    expect((await spec()).sidecar?.logLevel).toBe("error");
    await conflict.getByRole("button", { name: "Put mine on top of theirs" }).click();
    await draft(page).waitFor({ state: "detached" });
    const stored = await spec();
    expect([stored.sidecar?.logLevel, stored.traffic?.enableEgress]).toEqual(["debug", true]);
    await page.context().close();
  });

  it("turns permissive policy on after saying whom it lets in, and the calls follow; and off again", async () => {
    const { page, errors } = await at("/settings?view=mesh");
    const permissive = page.getByRole("checkbox", { name: /^Permissive/ });
    await permissive.check();
    await draft(page)
      .getByText(/Lets bookthief\/bookthief call/)
      .first()
      .waitFor({ timeout: 10_000 });
    await draft(page).getByRole("button", { name: "Apply MeshConfig" }).click();
    await draft(page).waitFor({ state: "detached" });
    await eventually("bookthief gets through", 30, async () => {
      const { edges } = await local.topology(10);
      return edges.some((edge) => edge.source === THIEF && edge.requestsPerSecond > 0) || null;
    });
    await permissive.uncheck();
    await draft(page)
      .getByText(/bookthief\/bookthief to .* would be refused/)
      .first()
      .waitFor({ timeout: 15_000 });
    await draft(page).getByRole("button", { name: "Apply MeshConfig" }).click();
    await draft(page).waitFor({ state: "detached" });
    expect((await spec()).traffic?.enablePermissiveTrafficPolicyMode).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("keeps theme and time zone of this browser", async () => {
    const { page } = await at("/settings?view=reader");
    await page.getByRole("radio", { name: "Dark" }).click();
    await page.getByRole("combobox", { name: "Time zone" }).click();
    await page.getByPlaceholder("A city, or UTC").fill("Tokyo");
    await page.keyboard.press("Enter");
    const there = () =>
      new Date().toLocaleTimeString("sv-SE", { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit" });
    await page.getByText(`It is ${there()} there.`).waitFor();
    await page.reload();
    await page.getByText(`It is ${there()} there.`).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${local.dashboard}/services?view=calls`);
    const told = page.getByRole("main").locator("tbody time").first();
    await told.waitFor();
    const [instant, shown] = await told.evaluate((time: HTMLTimeElement) => [time.dateTime, time.innerText] as const);
    expect(shown).toMatch(new Date(instant).toLocaleTimeString("sv-SE", { timeZone: "Asia/Tokyo" }));
    await page.context().close();
  });

  it("finds anything by the palette, by keyboard alone, and what was found last; on a phone too", async () => {
    const { page, errors } = await at("/namespaces", { width: 390, height: 844 });
    await page.getByRole("main").getByText("bookwarehouse").first().waitFor();
    const box = page.getByRole("dialog", { name: "Search and run" });
    const search = async (text: string) => {
      await page.keyboard.press("Control+k");
      await box.waitFor();
      await page.keyboard.type(text);
    };
    await search("bkw service");
    await box.getByRole("option").first().filter({ hasText: "Service in bookwarehouse" }).waitFor();
    expect(await box.evaluate((one) => one.getBoundingClientRect().right)).toBeLessThanOrEqual(390);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/services/bookwarehouse/bookwarehouse");
    await search("trafficsplit");
    await box.getByRole("option").filter({ hasText: "TrafficSplit in bookstore" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/splits?*split=bookstore/bookstore*");
    await search("");
    await box.getByRole("group", { name: "Recent" }).getByText("bookwarehouse").waitFor();
    await page.keyboard.type("theme light");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Go to Settings").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
