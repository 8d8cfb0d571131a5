/** The page to sign in, in each of its states, and what holds for it as for every page: against an API server behind a gate. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { allFindings, launchChromium, openPage } from "../support/browser";
import { DASHBOARD_IS_BUILT, type Dashboard, startDashboard } from "../support/dashboard";
import { type DemoApi, startDemoApi } from "../support/demo-api";
import { firstLoad } from "../support/first-load";
import { type Gate, startGate } from "../support/gate";
import { layoutShift, moving, outOfSight, PHONE, unreached, walk } from "../support/page-rules";

const CHROMIUM = Boolean(process.env.MESHDECK_CHROMIUM);
const KNOWN_TOKEN = "t";
/** Compressed kilobytes of script: a field and a button, and the frame every page stands in. */
const MOST_SCRIPT_KB = 200;

describe.skipIf(!CHROMIUM || !DASHBOARD_IS_BUILT)("the page to sign in", () => {
  let folder: string;
  let api: DemoApi;
  let kubernetes: Gate;
  let web: Dashboard;
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "meshdeck-sign-in-"));
    [api, browser] = await Promise.all([startDemoApi(), launchChromium()]);
    kubernetes = await startGate(api.apiUrl);
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig.replaceAll(api.apiUrl, kubernetes.url));
    writeFileSync(join(folder, "key"), randomBytes(48).toString("base64"));
    web = await startDashboard({
      MESHDECK_KUBECONFIG: join(folder, "kubeconfig"),
      MESHDECK_METRICS_URL: api.metricsUrl,
      MESHDECK_METRICS_KIND: "embedded",
      MESHDECK_LOGIN: "token",
      MESHDECK_SESSION_KEY_FILE: join(folder, "key"),
    });
  });
  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await kubernetes?.stop();
    await api?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => kubernetes.set("open"));

  const url = () => `${web.url}/login?to=%2Fservices`;
  const refusal = (page: Page) => page.getByRole("main").getByRole("alert");
  const signInButton = (page: Page) => page.getByRole("button", { name: "Sign in" });
  async function send(page: Page, token: string): Promise<void> {
    await page.getByLabel("Kubernetes token").fill(token);
    await signInButton(page).click();
  }
  /** Opens it, does `work` there, and holds it to what no page may do. */
  async function onPage(
    work: (page: Page) => Promise<void>,
    options: Parameters<typeof openPage>[2] = {},
  ): Promise<void> {
    const { page, errors } = await openPage(browser, url(), options);
    await page.getByRole("heading", { level: 1, name: "Sign in to Meshdeck" }).waitFor();
    await work(page);
    expect(errors).toEqual([]);
    await page.context().close();
  }
  /** Both themes, and a phone, with whatever stands on it now. */
  async function expectSound(page: Page): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await allFindings(page), colorScheme).toEqual([]);
    }
    await page.setViewportSize(PHONE);
    expect(await outOfSight(page)).toEqual([]);
  }

  it("stands still, passes axe in both themes and fits a phone", async () => {
    await onPage(
      async (page) => {
        expect(await moving(page)).toEqual([]);
        expect(await layoutShift(page)).toBeLessThan(0.02);
        await expectSound(page);
      },
      { reducedMotion: "reduce" },
    );
  });

  it("is walked by Tab alone, and sent by Enter", async () => {
    await onPage(async (page) => {
      const { stops, unseen } = await walk(page);
      expect(unseen).toEqual([]);
      expect(await unreached(page)).toEqual([]);
      expect(stops).toBe(2);
      await page.getByLabel("Kubernetes token").focus();
      await page.keyboard.type(KNOWN_TOKEN);
      await page.keyboard.press("Enter");
      await page.waitForURL(`${web.url}/services`);
    });
  });

  it("says nothing that a link made up", async () => {
    await onPage(async (page) => {
      await page.goto(`${url()}&error=Call+us&hint=Call+us&said=Call+us`);
      await page.getByLabel("Kubernetes token").waitFor();
      expect(await page.getByRole("alert").getByText(/./).count()).toBe(0);
      expect(await page.getByText("Call us").count()).toBe(0);
    });
  });

  it("loads no more script than it needs, and works without any", async () => {
    const { scriptKilobytes, hasSchemas } = await firstLoad(url());
    expect(scriptKilobytes).toBeLessThan(MOST_SCRIPT_KB);
    expect(hasSchemas).toBe(false);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(url());
    await send(page, KNOWN_TOKEN);
    await page.waitForURL(`${web.url}/services`);
    await context.close();
  });

  it("says that a token is wrong, at the field too", async () => {
    await onPage(async (page) => {
      await send(page, "not.a.token");
      await refusal(page).getByText("The Kubernetes API does not know this token.").waitFor();
      const field = page.getByLabel("Kubernetes token");
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect(await describedBy(page)).toContain("does not know this token");
      expect(page.url()).not.toContain("not.a.token");
      await expectSound(page);
      await send(page, KNOWN_TOKEN);
      await page.waitForURL(`${web.url}/services`);
    });
  });

  it("says that it is under way, without the words about the last token, and is not sent twice", async () => {
    await onPage(async (page) => {
      await send(page, "not.a.token");
      await refusal(page).waitFor();
      await scriptAtWork(page);
      // As on a connection that takes the form and never answers: but the page can still be looked at.
      const sent = await page.evaluateHandle(() => {
        const events: Event[] = [];
        document.forms[0]?.addEventListener("submit", (event) => {
          event.preventDefault();
          events.push(event);
        });
        return events;
      });
      await page.getByLabel("Kubernetes token").fill(KNOWN_TOKEN);
      await page.keyboard.press("Enter");
      await page.getByRole("status").getByText("The Kubernetes API is asked whose token this is.").waitFor();
      expect(await signInButton(page).getAttribute("aria-busy")).toBe("true");
      expect(await refusal(page).isVisible()).toBe(false);
      await page.keyboard.press("Enter");
      expect(await sent.evaluate((events) => events.length)).toBe(1);
      await expectSound(page);
    });
  });

  it("says that nobody can sign in while the API server is away, and no word against the token", async () => {
    kubernetes.set("away");
    await onPage(async (page) => {
      await send(page, KNOWN_TOKEN);
      await refusal(page).getByText("The Kubernetes API does not answer, so nobody can sign in.").waitFor();
      expect(await page.getByLabel("Kubernetes token").getAttribute("aria-invalid")).toBeNull();
      await expectSound(page);
      kubernetes.set("open");
      await send(page, KNOWN_TOKEN);
      await page.waitForURL(`${web.url}/services`);
    });
  });

  it("says how long to wait after too many attempts, and that even the right token waits", async () => {
    await onPage(async (page) => {
      // Of another address than the other tests: over loopback a proxy is believed.
      await page.setExtraHTTPHeaders({ "x-forwarded-for": "198.51.100.7" });
      for (let attempt = 0; attempt < 10; attempt += 1) {
        await page.request.post(`${web.url}/api/session`, {
          form: { token: "not.a.token", to: "/services" },
          headers: { origin: web.url, "x-forwarded-for": "198.51.100.7" },
        });
      }
      await send(page, KNOWN_TOKEN);
      await refusal(page)
        .getByText(/^There were too many attempts to sign in\. Try again in \d+ s\.$/)
        .waitFor();
      await expectSound(page);
    });
  });
});

/** React has taken the form over. */
async function scriptAtWork(page: Page): Promise<void> {
  await page.waitForFunction(() => Object.keys(document.forms[0] ?? {}).some((name) => name.startsWith("__react")));
}

/** What the field is described by, as it is read out. */
function describedBy(page: Page): Promise<string> {
  return page.getByLabel("Kubernetes token").evaluate((field) =>
    (field.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.innerText ?? "")
      .join(" "),
  );
}
