/** What an operator does with services: the list, one service in all its parts, its logs, and the calls as they happen. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallList, CallsSummary } from "@/lib/contract/calls";
import type { ServiceDetail } from "@/lib/contract/services";
import type { Pod } from "@/lib/kube/objects";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, processesNaming, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const TABS = ["signals", "traffic", "routes", "policy", "identities", "pods", "events", "logs", "calls"];

describe.skipIf(!available)("services in a browser", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("traffic", 60, async () => {
      const { edges } = await local.topology();
      return edges.filter(({ requestsPerSecond }) => requestsPerSecond > 0).length >= 4 || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  const table = (page: Page, name: string) => page.locator(`[aria-label="${name}"]`).locator("tbody tr");
  const done = async ({ page, errors }: { page: Page; errors: readonly string[] }) => {
    expect(errors).toEqual([]);
    await page.context().close();
  };
  async function pods(namespace: string): Promise<Pod[]> {
    return JSON.parse(await local.kubectl("get", "pods", "-n", namespace, "-o", "json")).items;
  }

  it("lists what needs a person first, keeps order and filter in the URL, and opens a service by keys", async () => {
    const open = await at("/services");
    const { page } = open;
    await table(page, "Services").first().waitFor();
    const { nodes } = await local.topology();
    expect(await table(page, "Services").count()).toBe(nodes.filter(({ kind }) => kind === "service").length);
    await eventually("the refused service is on top", 15, async () => {
      const first = await table(page, "Services").first().innerText();
      return /bookstore\/bookstore\s/.test(first) && /denied/i.test(first) ? true : null;
    });
    await page.getByRole("button", { name: "Calls in" }).click();
    expect(page.url()).toContain("sort=-requests");
    await page.getByLabel("Filter by name").fill("bookwarehouse/");
    await eventually("two are left", 5, async () => ((await table(page, "Services").count()) === 2 ? true : null));
    await page.reload();
    await eventually("order and filter stand", 10, async () => {
      const sorted = await page.getByRole("columnheader", { name: "Calls in" }).getAttribute("aria-sort");
      return sorted === "descending" && (await table(page, "Services").count()) === 2 ? true : null;
    });
    await page.getByRole("button", { name: "Service", exact: true }).click();
    await table(page, "Services").first().focus();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/services\/bookwarehouse\/stockdb/);
    await page.getByRole("heading", { level: 1, name: "bookwarehouse/stockdb" }).waitFor();
    await done(open);
  });

  it("tells of one service what kubectl and the API tell", async () => {
    const open = await at("/services/bookstore/bookstore?tab=routes");
    const { page } = open;
    const detail = await local.get<ServiceDetail>("/api/services/bookstore/bookstore");
    const split = JSON.parse(await local.kubectl("get", "trafficsplit", "bookstore", "-n", "bookstore", "-o", "json"));
    const backends = table(page, "Backends of bookstore");
    await backends.first().waitFor();
    for (const { service } of split.spec.backends) expect((await backends.allInnerTexts()).join()).toContain(service);
    expect((await table(page, "Routes").allInnerTexts()).join()).toContain("bookstore/bookstore-v1");
    await eventually("refused calls are counted", 10, async () => {
      const summary = await local.get<CallsSummary>("/api/calls/aggregates?about=bookstore/service/bookstore");
      return summary.items.some(({ denied, template }) => denied && template === "/books-bought") || null;
    });
    await eventually("calls seen", 10, async () => {
      const seen = (await table(page, "Calls seen").allInnerTexts()).join();
      return seen.includes("/books-bought") && seen.includes("refused 403") ? true : null;
    });

    await page.getByRole("tab", { name: /^Traffic/ }).click();
    await page.waitForURL(/tab=traffic/);
    await eventually("callers and callees", 20, async () => {
      const callers = (await table(page, "Callers").allInnerTexts()).join();
      const callees = (await table(page, "Callees").allInnerTexts()).join();
      const all = ["bookbuyer/bookbuyer", "bookthief/bookthief"].every((caller) => callers.includes(caller));
      return (all && callees.includes("bookwarehouse/bookwarehouse")) || null;
    });

    await page.getByRole("tab", { name: "Policy" }).click();
    const targets = JSON.parse(await local.kubectl("get", "traffictargets", "-n", "bookstore", "-o", "json")).items;
    await table(page, "Granted in").first().waitFor();
    const grantedIn = (await table(page, "Granted in").allInnerTexts()).join();
    for (const { metadata } of targets) expect(grantedIn).toContain(`bookstore/${metadata.name}`);

    await page.getByRole("tab", { name: "Identities" }).click();
    const serial = detail.identities[0]?.certificate?.serial ?? "none";
    await page.getByText(serial, { exact: true }).waitFor();

    await page.getByRole("tab", { name: /^Pods/ }).click();
    await table(page, "Pods").first().waitFor();
    const rows = (await table(page, "Pods").allInnerTexts()).join("\n");
    for (const { metadata, status } of await pods("bookstore")) {
      expect(rows).toContain(metadata.name);
      expect(rows).toContain(status?.podIP);
    }
    expect(rows.match(/in sync/g)).toHaveLength(2);

    await page.getByRole("tab", { name: "Events" }).click();
    await table(page, "Events").first().waitFor();
    expect((await table(page, "Events").allInnerTexts()).join()).toContain("Started container");
    await page.goBack();
    await page.getByRole("tab", { name: /^Pods/, selected: true }).waitFor();
    await done(open);
  });

  it("shows a refused call within two seconds, why it was, and only what one asks for", async () => {
    const open = await at("/services?view=calls&denied=true");
    const { page } = open;
    const calls = table(page, "Calls");
    await calls.first().waitFor();
    const newest = async () => {
      const text = await calls.first().locator("time").getAttribute("datetime");
      return Date.parse(text ?? "");
    };
    await eventually("calls are as young as two seconds", 10, async () => {
      const age = Date.now() - (await newest());
      if (age > 2_000) throw new Error(`${age} ms`);
      return true;
    });
    for (const text of await calls.allInnerTexts()) expect(text).toContain("refused");
    expect(await page.getByTestId("sample").innerText()).toContain("1 in 100 of the rest");

    await page.getByRole("button", { name: "Pause calls" }).click();
    const held = await newest();
    await page.waitForTimeout(1_200);
    expect(await newest()).toBe(held);

    await calls.filter({ hasText: "bookthief" }).first().click();
    const why = page.getByTestId("why");
    await why.waitFor();
    expect(await why.innerText()).toContain("No TrafficTarget lets bookthief/bookthief call bookstore/bookstore-v1");
    expect(await why.innerText()).toContain("Add bookthief/bookthief to the sources of a TrafficTarget");
    expect(await page.getByRole("link", { name: "Allow it in Access" }).getAttribute("href")).toContain(
      "/access?cell=",
    );
    await page.keyboard.press("Escape");
    await why.waitFor({ state: "detached" });

    await page.getByLabel("Find in calls").fill("/buy-a-book");
    await eventually("only those are left", 5, async () => {
      const texts = await calls.allInnerTexts();
      return texts.length > 0 && texts.every((text) => text.includes("/buy-a-book")) ? true : null;
    });
    expect(page.url()).toContain("text=");
    await page.goto(`${local.dashboard}/services?view=calls&status=2xx&destination=bookstore`);
    await eventually("a sampled call that was let in, with its policy", 45, async () => {
      const texts = await calls.allInnerTexts();
      expect(texts.every((text) => text.includes("200"))).toBe(true);
      return texts.some((text) => /bookstore\/bookstore-v[12], \S+/.test(text)) || null;
    });
    const listed = await local.get<CallList>("/api/calls?status=2xx&limit=50");
    expect(listed.items.some(({ policy, why: reason }) => policy !== null && reason.verdict === "allowed")).toBe(true);
    await done(open);
  }, 90_000);

  it("reads the logs of app and sidecar, finds in them, and says what is not there", async () => {
    const [buyer] = await pods("bookbuyer");
    const name = buyer?.metadata.name ?? "";
    const open = await at("/services/bookbuyer/bookbuyer?tab=logs");
    const { page } = open;
    const log = page.getByRole("log");
    await eventually("the app's log", 15, async () =>
      (await log.innerText()).includes("calls in 10 s") ? true : null,
    );
    const written = await local.kubectl("logs", "-n", "bookbuyer", name, "-c", "bookbuyer");
    const line = written.split("\n").find((text) => text.includes("calls in 10 s")) ?? "none";
    expect(await log.innerText()).toContain(line);
    const before = (await log.innerText()).split("calls in 10 s").length;
    await eventually("it is followed", 15, async () => {
      return (await log.innerText()).split("calls in 10 s").length > before ? true : null;
    });
    await page.getByLabel("Find in the log").fill("/in \\d+ s/");
    await page.getByRole("button", { name: "Only hits" }).click();
    await eventually("hits are marked", 5, async () => ((await log.locator("mark").count()) > 0 ? true : null));
    expect(await log.locator("mark").first().innerText()).toBe("in 10 s");
    await page.getByLabel("Find in the log").fill("/(/");
    await page.getByRole("alert").filter({ hasText: "is no regular expression" }).waitFor();
    await page.getByLabel("Find in the log").fill("");
    await page.getByRole("button", { name: "Run before" }).click();
    await page.getByText(/previous terminated container "bookbuyer"/).waitFor();
    await done(open);
    const none = await fetch(`${local.dashboard}/api/pods/bookbuyer/none/logs?container=bookbuyer`);
    expect(none.status).toBe(404);
  });

  it("follows the sidecar beside its app, levels told apart", async () => {
    const verbose = JSON.stringify({ spec: { sidecar: { logLevel: "info" } } });
    await local.kubectl("patch", "meshconfig", "osm-mesh-config", "-n", "osm-system", "--type=merge", "-p", verbose);
    const [old] = await pods("bookthief");
    await local.kubectl("delete", "pod", "-n", "bookthief", old?.metadata.name ?? "", "--wait=false");
    const name = await eventually("another pod", 30, async () => {
      const ready = (await pods("bookthief")).find(
        ({ metadata, status }) =>
          metadata.name !== old?.metadata.name &&
          status?.conditions?.some((one) => one.type === "Ready" && one.status === "True"),
      );
      return ready?.metadata.name;
    });
    const open = await at(`/services/bookthief/deployment/bookthief?tab=logs&pod=${name}`);
    const log = open.page.getByRole("log");
    await eventually("both in one log", 20, async () => {
      const text = await log.innerText();
      return text.includes("[info]") && /bookthief\s/.test(text) ? true : null;
    });
    expect(await log.getByText("envoy", { exact: true }).count()).toBeGreaterThan(0);
    await open.page.getByLabel("Container").selectOption("envoy");
    await eventually("only the sidecar", 10, async () => {
      return (await log.innerText()).includes("calls in 10 s") ? null : true;
    });
    await done(open);
  }, 90_000);

  it("is sound for axe on every tab, and fits a phone", async () => {
    const open = await at("/services/bookstore/bookstore");
    const phone = await at("/services/bookstore/bookstore", { width: 390, height: 844, theme: "dark" });
    const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);
    const tabs = (page: Page) => page.getByRole("tablist").getByRole("tab");
    await tabs(open.page).first().waitFor();
    await tabs(phone.page).first().waitFor();
    expect(await tabs(open.page).count()).toBe(TABS.length);
    for (const [index, tab] of TABS.entries()) {
      for (const { page } of [open, phone]) {
        await tabs(page).nth(index).click();
        await page.waitForURL((url) => (url.searchParams.get("tab") ?? "signals") === tab);
      }
      await open.page.waitForTimeout(400);
      expect(await seriousFindings(open.page), tab).toEqual([]);
      expect(await widthOf(phone.page), tab).toBeLessThanOrEqual(390);
    }
    await done(open);
    for (const path of ["/services", "/services?view=calls"]) {
      await phone.page.goto(`${local.dashboard}${path}`);
      await phone.page.getByRole("heading", { level: 1 }).waitFor();
      expect(await widthOf(phone.page), path).toBeLessThanOrEqual(390);
    }
    await done(phone);
  }, 120_000);

  it("knows a workload, and answers for what does not exist with a way back", async () => {
    const open = await at("/services/bookstore/deployment/bookstore-v1");
    const { page } = open;
    await page.getByRole("heading", { level: 1, name: "bookstore/bookstore-v1" }).waitFor();
    await page.goto(`${local.dashboard}/services/bookstore/none`);
    await page.getByText("There is no bookstore/none").waitFor();
    await page.getByRole("link", { name: "Back to the services" }).click();
    await page.waitForURL(/\/services$/);
    await done(open);
  });

  it("says of calls and certificates that the controller is away; the rest stands", async () => {
    const open = await at("/services");
    const { page } = open;
    const [controller] = processesNaming(local.dataFolder).filter(({ command }) => command.includes("controller.js"));
    process.kill(controller?.pid ?? 0, "SIGSTOP");
    try {
      await page.goto(`${local.dashboard}/services?view=calls`);
      await page
        .getByText(/The controller does not answer|controller is (down|degraded)/)
        .first()
        .waitFor({ timeout: 40_000 });
      await page.goto(`${local.dashboard}/services/bookstore/bookstore?tab=pods`);
      await page
        .getByText("not known, the controller does not answer")
        .or(page.getByText(/The controller does not answer|controller is (down|degraded)/))
        .first()
        .waitFor();
      await table(page, "Pods").first().waitFor();
      expect(await table(page, "Pods").count()).toBe(2);
    } finally {
      process.kill(controller?.pid ?? 0, "SIGKILL");
    }
    await done(open);
  }, 120_000);
});
