/** Proxies as a person uses them, on sidecars that run. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EnvoyConfig } from "@/lib/contract/envoy-config";
import type { ProxyList } from "@/lib/contract/proxies";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);

describe.skipIf(!available)("the sidecars in a browser", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("all sidecars are in sync", 60, async () => {
      const { items } = await proxies();
      const synced = items.filter(({ types }) => types.length > 0 && types.every((type) => type.synced));
      return (items.length >= 6 && synced.length === items.length) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const proxies = () => local.get<ProxyList>("/api/proxies");
  async function idOf(app: string): Promise<string> {
    const found = (await proxies()).items.find(({ pod }) => pod.startsWith(`${app}-`));
    if (!found) throw new Error(`no sidecar of ${app}`);
    return found.id;
  }
  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  async function done(page: Page, errors: readonly string[]): Promise<void> {
    expect(errors).toEqual([]);
    await page.context().close();
  }
  const inspector = (page: Page) => page.getByRole("complementary", { name: "Sidecar" });

  it("searches what a sidecar is given, and a link leads to one resource", async () => {
    const { page, errors } = await at("/proxies?find=bookbuyer");
    const row = page.getByRole("row", { name: /bookbuyer\/bookbuyer-/ });
    await row.focus();
    await page.keyboard.press("Enter");
    await inspector(page).getByRole("textbox", { name: "Find in the configuration" }).fill("bookstore-v1|14001");
    await inspector(page).getByText("bookstore/bookstore-v1|14001", { exact: true }).first().click();
    await page.waitForURL(/resource=/);
    const link = page.url();
    expect(new URL(link).searchParams.get("resource")).toMatch(/^[CE]DS bookstore\/bookstore-v1\|14001$/);
    const again = await openPage(browser, link);
    await inspector(again.page).locator("pre").first().waitFor();
    expect(await inspector(again.page).locator("pre").count()).toBe(1);
    expect(await seriousFindings(again.page)).toEqual([]);
    await done(again.page, again.errors);
    await done(page, errors);
  });

  it("finds no difference between what a sidecar in sync is given and what its Envoy has, and shows no key", async () => {
    const id = await idOf("bookstore-v1");
    const has = await local.get<EnvoyConfig>(`/api/proxies/${id}/envoy`);
    expect(has.resources.map(({ type }) => type)).toContain("SDS");
    expect(JSON.stringify(has)).not.toMatch(/PRIVATE KEY/);
    const { page, errors } = await at(`/proxies?proxy=${id}&look=has`);
    await inspector(page)
      .getByText(/^No difference: Envoy has all \d+ resources/)
      .waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await done(page, errors);
  });

  it("tells what two sidecars are given differently, on a phone too", async () => {
    const [one, other] = [await idOf("bookstore-v1"), await idOf("bookstore-v2")];
    const { page, errors } = await at(`/proxies?proxy=${one}&look=with&with=${other}`, { width: 390, height: 844 });
    await inspector(page).getByText("LDS outbound-listener").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await done(page, errors);
  });

  it("keeps those of one state, and says which certificates a sidecar shows", async () => {
    const { page, errors } = await at("/proxies");
    const table = page.getByRole("grid", { name: "Sidecars and their configuration" });
    await table.waitFor();
    await page.getByRole("combobox", { name: "State of the configuration" }).selectOption("refused");
    await page.getByText(/No sidecar is connected here/).waitFor();
    await page.getByRole("combobox", { name: "State of the configuration" }).selectOption("synced");
    await table.getByRole("row").nth(6).waitFor();
    await table.getByRole("row", { name: /bookthief/ }).click();
    const { items } = await proxies();
    const thief = items.find(({ namespace }) => namespace === "bookthief");
    await inspector(page)
      .getByText(thief?.clientCertificate?.serial ?? "none")
      .waitFor();
    await inspector(page)
      .getByText(thief?.certificate?.serial ?? "none")
      .waitFor();
    await done(page, errors);
  });
});
