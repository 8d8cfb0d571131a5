/** Security and Namespaces as a person uses them, on a mesh that runs. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CoverageBody } from "@/lib/contract/coverage";
import type { Security } from "@/lib/contract/security";
import { launchChromium, openPage, seriousFindings } from "../support/browser";
import { eventually, type LocalMode, startCalmMode } from "../support/local-mode";

const available = Boolean(process.env.MESHDECK_ENVOY && process.env.MESHDECK_KUBECTL && process.env.MESHDECK_CHROMIUM);
const VIEWS = ["encryption", "workloads", "certificates", "denied", "coverage"];
const STRANGER = { kind: "ServiceAccount", name: "default", namespace: "bookstore" };

describe.skipIf(!available)("the security of a mesh in a browser", () => {
  let local: LocalMode;
  let browser: Browser;
  beforeAll(async () => {
    [local, browser] = await Promise.all([startCalmMode(), launchChromium()]);
    await eventually("calls, and refused ones", 60, async () => {
      const { encryptedShare, denied, flows } = await security();
      return (encryptedShare !== null && flows.length >= 3 && (denied?.kinds.length ?? 0) > 0) || null;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await local?.stop("SIGTERM");
  });

  const security = () => local.get<Security>("/api/security?window=30s");
  const at = (path: string, options?: Parameters<typeof openPage>[2]) =>
    openPage(browser, `${local.dashboard}${path}`, options);
  async function done(page: Page, errors: readonly string[]): Promise<void> {
    expect(errors).toEqual([]);
    await page.context().close();
  }

  it("shows what is encrypted between namespaces, and the edges behind a cell", async () => {
    const { encryptedShare, plaintext } = await security();
    expect({ encryptedShare, plaintext }).toEqual({ encryptedShare: 1, plaintext: [] });
    const { page, errors } = await at("/security");
    await page.getByRole("button", { name: /^bookbuyer to bookstore: 100 % encrypted/ }).click();
    expect(new URL(page.url()).searchParams.get("flow")).toBe("bookbuyer>bookstore");
    const table = page.getByRole("table", { name: "Calls and their encryption" });
    const edges = await table.getByRole("row").allInnerTexts();
    expect(edges.slice(1).every((row) => /^bookbuyer\/bookbuyer\s+bookstore\//.test(row))).toBe(true);
    expect(edges.length).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Show every edge" }).click();
    await eventually(
      "every edge is back",
      5,
      async () => (await table.getByRole("row").count()) > edges.length || null,
    );
    await done(page, errors);
  });

  it("sorts certificates by when they end, of every kind there is", async () => {
    const { certificates } = await security();
    const ends = certificates.map(({ notAfter }) => Date.parse(notAfter));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(new Set(certificates.map(({ kind }) => kind))).toEqual(new Set(["workload", "proxy", "controller", "root"]));
    const { page, errors } = await at("/security?view=certificates");
    const table = page.getByRole("table", { name: "Certificates" });
    await table.waitFor();
    const serials = await table.locator("tbody tr td:nth-child(7)").allInnerTexts();
    expect([...serials].sort()).toEqual(certificates.map(({ serial }) => serial).sort());
    // Several were made in one second: those come by name.
    const endOf = new Map(certificates.map(({ serial, notAfter }) => [serial, Date.parse(notAfter)]));
    const shown = serials.map((serial) => endOf.get(serial) ?? 0);
    expect(shown).toEqual([...shown].sort((one, other) => one - other));
    await page.getByRole("button", { name: "Ends" }).click();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("-ends");
    // The address changes at once, the table a moment later.
    await table.locator("tbody tr:first-child", { hasText: "root" }).waitFor();
    await done(page, errors);
  });

  it("groups the thief's refused calls with the reason, and leads to what would allow them", async () => {
    const { denied } = await security();
    const kind = denied?.kinds.find(({ sourceIdentity }) => sourceIdentity === "bookthief/bookthief");
    expect(kind?.why).toContain("No TrafficTarget lets bookthief/bookthief call");
    const { page, errors } = await at("/security?view=denied&find=bookthief");
    const row = page.getByRole("row", { name: /bookthief\/bookthief/ }).first();
    await row.waitFor();
    const before = Number(await row.locator("td").nth(3).innerText());
    await eventually(
      "its count grows",
      15,
      async () => Number(await row.locator("td").nth(3).innerText()) > before || null,
    );
    await row.focus();
    await page.keyboard.press("Enter");
    const inspector = page.getByRole("complementary", { name: "Denied call" });
    await inspector.getByText(/No TrafficTarget lets/).waitFor();
    await inspector.getByRole("link", { name: "Why, and how to allow it" }).click();
    await page.getByRole("complementary", { name: /^Why: bookthief\/bookthief/ }).waitFor();
    await done(page, errors);
  });

  it("finds a caller that never called, drafts its removal, and forgets it once kubectl has taken it out", async () => {
    const target = ["trafficTarget", "bookwarehouse", "-n", "bookwarehouse"];
    const { sources } = JSON.parse(await local.kubectl("get", ...target, "-o", "json")).spec;
    const patch = (list: unknown) =>
      local.kubectl("patch", ...target, "--type=merge", "-p", JSON.stringify({ spec: { sources: list } }));
    const findings = async () => (await local.get<CoverageBody>("/api/coverage")).findings;
    const nobody = (await findings()).filter(({ kind }) => kind === "nobody-may-call").map(({ subject }) => subject);
    expect(nobody).toEqual(["bookbuyer/bookbuyer", "bookthief/bookthief"]);
    expect((await findings()).filter(({ kind }) => kind.startsWith("unused"))).toEqual([]);

    await patch([...sources, STRANGER]);
    const { page, errors } = await at("/security?view=coverage");
    const row = page.getByRole("row", { name: /TrafficTarget bookwarehouse\/bookwarehouse/ });
    await row.waitFor();
    expect(await row.innerText()).toContain("bookstore/default is let in, and no pod runs as it.");
    await row.getByRole("link", { name: "Draft the change" }).click();
    const editor = page.getByRole("complementary").first();
    await editor.waitFor();
    await eventually("the draft leaves it out", 10, async () => {
      const text = await editor.innerText();
      return (text.includes("bookstore-v2") && !text.includes("name: default") && /refused/.test(text)) || null;
    });
    await page.goBack();
    await row.waitFor();
    await patch(sources);
    await row.waitFor({ state: "detached" });
    await done(page, errors);
  });

  it("holds to axe on every tab, on a phone too, and is worked by keys", async () => {
    for (const view of VIEWS) {
      const { page, errors } = await at(`/security?view=${view}`, view === "coverage" ? { theme: "dark" } : {});
      await page.locator("main table").first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await done(page, errors);
    }
    const { page, errors } = await at("/security?view=certificates", { width: 390, height: 844 });
    await page.locator("main table").first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("radio", { name: "Certificates" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.locator("button:focus", { hasText: "Denied" }).waitFor();
    await page.keyboard.press("Enter");
    await eventually("the next tab opens", 5, async () => page.url().includes("view=denied") || null);
    await done(page, errors);
  });

  it("shows each namespace's encrypted share, and says why the control plane's stays outside", async () => {
    const { page, errors } = await at("/namespaces");
    const row = page.getByRole("row", { name: /^bookstore / });
    await eventually("a share", 10, async () => /100\s*%/.test(await row.innerText()) || null);
    await page.getByRole("row", { name: /^osm-system/ }).click();
    await page.getByText(/holds the control plane, which cannot be part of the mesh/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await done(page, errors);
  });

  // The last one: it takes a namespace out of the mesh, if only for a while.
  it("takes a namespace out and puts it back, each said before it is done, and shows how far a restart has come", async () => {
    const { page, errors } = await at("/namespaces?namespace=bookbuyer");
    const panel = page.getByRole("complementary", { name: "Namespace" });
    const row = page.getByRole("row", { name: /^bookbuyer / });
    const restart = async (sidecars: string) => {
      await panel.getByRole("button", { name: "Restart its workload" }).click();
      await panel.getByRole("progressbar", { name: "Rollout of bookbuyer" }).waitFor();
      await panel.getByText("1 of 1 serve").waitFor({ timeout: 40_000 });
      await panel.getByText(/^Restarted/).waitFor();
      await panel.getByText(sidecars).waitFor({ timeout: 20_000 });
    };
    await panel.getByRole("button", { name: "Take out of the mesh…" }).click();
    await panel.getByText(/Its sidecars \(1\) stay until its pods are restarted/).waitFor();
    await panel.getByRole("button", { name: "Leave it as it is" }).click();
    expect(await local.kubectl("get", "namespace", "bookbuyer", "-o", "yaml")).toContain("monitored-by");
    await panel.getByRole("button", { name: "Take out of the mesh…" }).click();
    await panel.getByRole("button", { name: "Take bookbuyer out of the mesh" }).click();
    await row.getByText("not in a mesh").waitFor();
    expect(await local.kubectl("get", "namespace", "bookbuyer", "-o", "yaml")).not.toContain("monitored-by");
    await restart("0 of 1 with a sidecar");
    await panel.getByRole("button", { name: "Add to the mesh…" }).click();
    await panel.getByRole("button", { name: "Add bookbuyer to the mesh" }).click();
    await row.getByText("in the mesh", { exact: true }).waitFor();
    await restart("1 of 1 with a sidecar");
    await done(page, errors);
  }, 150_000);
});
