/** Two people at one dashboard, in real browsers against local mode: each signs in, sees what their rights allow, and leaves. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium, openPage, seriousFindings, type Watched } from "../support/browser";
import { DASHBOARD_IS_BUILT } from "../support/dashboard";
import { type LimitedUser, limitedUser } from "../support/limited-user";
import { eventually, type LocalMode, startCalmMode } from "../support/local-mode";
import { tabTo } from "../support/page-rules";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_CHROMIUM) && DASHBOARD_IS_BUILT;

/** Ada reads bookstore, which calls bookwarehouse, which calls stockdb: of that she knows nothing. */
const HIDDEN = "stockdb";
/** By the rail, after the graph's table. */
const PAGES = ["Services", "Security", "Proxies", "Access", "Overview"];

describe.skipIf(!available)("a dashboard of several people", () => {
  let local: LocalMode;
  let browser: Browser;
  let ada: LimitedUser;
  let adminToken: string;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(["--login", "token"]), launchChromium()]);
    adminToken = readFileSync(join(local.dataFolder, "api-token"), "utf8").trim();
    const reads = { namespace: "bookstore", verbs: ["get", "list", "watch"], resources: ["*"] };
    ada = await limitedUser(readFileSync(local.kubeconfig, "utf8"), { namespace: "bookstore", name: "ada" }, { reads });
    await eventually("sidecars call each other", 60, async () => {
      const headers = { authorization: `Bearer ${adminToken}` };
      const text = await (await fetch(`${local.dashboard}/api/topology`, { headers })).text();
      return text.includes(HIDDEN) && text.includes("bookbuyer") ? true : null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const main = (page: Page) => page.getByRole("main");
  async function signIn(page: Page, token: string): Promise<void> {
    await page.getByLabel("Kubernetes token").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  async function signedIn(token: string, path: string): Promise<Watched> {
    const watched = await openPage(browser, local.dashboard + path);
    await signIn(watched.page, token);
    await watched.page.waitForURL(local.dashboard + path);
    return watched;
  }
  async function close({ page, errors }: Watched): Promise<void> {
    expect(errors).toEqual([]);
    await page.context().close();
  }

  it("answers nobody without a session, and leads to where one signs in and back", async () => {
    expect((await fetch(`${local.dashboard}/api/topology`)).status).toBe(401);
    const watched = await openPage(browser, `${local.dashboard}/services?ns=bookstore`);
    const { page } = watched;
    await page.getByRole("heading", { level: 1, name: "Sign in to Meshdeck" }).waitFor();
    await signIn(page, "not.a.token");
    await page.getByText("The Kubernetes API does not know this token.").waitFor();
    expect(page.url()).not.toContain("not.a.token");
    await signIn(page, ada.token);
    await page.waitForURL(`${local.dashboard}/services?ns=bookstore`);
    expect(await page.evaluate(() => document.cookie)).not.toContain("session");
    await close(watched);
  });

  it("shows each what their rights allow, at the same time", async () => {
    const [own, all] = await Promise.all([
      signedIn(ada.token, "/graph?view=table"),
      signedIn(adminToken, "/graph?view=table"),
    ]);
    for (const name of ["Graph", ...PAGES]) {
      await Promise.all([own, all].map(({ page }) => name === "Graph" || page.getByRole("link", { name }).click()));
      for (const { page } of [own, all]) await page.getByRole("heading", { level: 1, name }).waitFor();
      await main(all.page).getByText(HIDDEN).first().waitFor();
      await main(own.page).getByText("bookstore-v1").first().waitFor();
      await own.page.getByText("Not all is shown.").waitFor();
      expect(await main(own.page).getByText(HIDDEN).count(), name).toBe(0);
    }
    await own.page.getByRole("button", { name: "What to ask for" }).click();
    await own.page.getByText(/To see all, ask for a ClusterRole with the rules .*traffictargets/).waitFor();
    await own.page.getByRole("link", { name: "Metrics" }).click();
    await main(own.page)
      .getByText(/This shows the whole mesh/)
      .first()
      .waitFor();
    for (const { page } of [own, all]) await page.goto(`${local.dashboard}/namespaces?namespace=bookstore`);
    const leave = (page: Page) => page.getByRole("button", { name: "Take out of the mesh…" });
    await leave(all.page).waitFor();
    await own.page.getByText("You may not patch Namespaces in bookstore.").waitFor();
    expect(await leave(all.page).getAttribute("aria-disabled")).toBeNull();
    await own.page.getByRole("button", { name: `Signed in as ${ada.username}` }).click();
    expect(await seriousFindings(own.page)).toEqual([]);
    await own.page.getByRole("menuitem", { name: "Sign out" }).click();
    await own.page.getByRole("heading", { level: 1, name: "Sign in to Meshdeck" }).waitFor();
    await own.page.goto(`${local.dashboard}/services`);
    await own.page.getByRole("heading", { level: 1, name: "Sign in to Meshdeck" }).waitFor();
    await Promise.all([close(own), close(all)]);
  });

  it("reaches each button that writes by keyboard, and says in words which right it takes", async () => {
    const watched = await signedIn(ada.token, "/access");
    const { page } = watched;
    await page.goto(`${local.dashboard}/access?policy=TrafficTarget/bookstore/bookstore-v1`);
    const written: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET" && !request.url().endsWith("/api/what-if")) written.push(request.url());
    });
    const lacks = (verb: string, kinds: string) =>
      `You may not ${verb} ${kinds} in bookstore. Ask for a role that allows it.`;
    for (const [name, words] of [
      ["Delete", lacks("delete", "TrafficTargets")],
      ["Try without storing", lacks("update", "TrafficTargets")],
      ["Apply TrafficTarget bookstore/bookstore-v1", lacks("update", "TrafficTargets")],
    ] as const) {
      expect(await pressedWithoutRight(page, name), name).toBe(words);
    }
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${local.dashboard}/namespaces?namespace=bookstore`);
    expect(await pressedWithoutRight(page, /^Restart its/)).toBe(lacks("patch", "Deployments"));
    expect(await pressedWithoutRight(page, "Take out of the mesh…")).toBe(lacks("patch", "Namespaces"));
    expect(await seriousFindings(page)).toEqual([]);
    expect(written).toEqual([]);
    await close(watched);
  });

  it("says that a session ended, and goes on after the next, with the draft that was there", async () => {
    const watched = await signedIn(adminToken, "/settings?view=mesh");
    const { page } = watched;
    const field = main(page).getByLabel("Certificate validity");
    await field.fill("23h");
    const context = page.context();
    const { status } = await context.request
      .delete(`${local.dashboard}/api/session`, { headers: { "x-meshdeck": "1" } })
      .then((answer) => ({ status: answer.status() }));
    expect(status).toBe(200);
    await page.getByText("Your session has ended.").waitFor();
    const [beside] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Sign in" }).click(),
    ]);
    await signIn(beside, adminToken);
    await beside.waitForURL(`${local.dashboard}/settings?view=mesh`);
    await page.getByText("Your session has ended.").waitFor({ state: "detached" });
    expect(await field.inputValue()).toBe("23h");
    await close(watched);
  });
});

/**
 * Goes to a button by Tab, once it is known that the right is missing, and presses it both ways. Returns the words it is described by.
 */
async function pressedWithoutRight(page: Page, name: string | RegExp): Promise<string> {
  const button = page.getByRole("button", { name, exact: true });
  await page.waitForFunction((each) => each?.getAttribute("aria-disabled") === "true", await button.elementHandle());
  await tabTo(button);
  for (const key of ["Enter", "Space"]) await page.keyboard.press(key);
  expect(await page.getByRole("dialog").count()).toBe(0);
  return button.evaluate(
    (each) => document.getElementById(each.getAttribute("aria-describedby") ?? "")?.innerText ?? "",
  );
}
