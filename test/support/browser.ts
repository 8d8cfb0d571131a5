/** A real Chromium for the end-to-end tests, and axe in its pages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.MESHDECK_CHROMIUM ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"],
  });
}

export interface Watched {
  readonly page: Page;
  /** Errors of scripts and of the content security policy so far. A network error is none: parts are killed on purpose. */
  readonly errors: string[];
}

export interface PageOptions {
  readonly theme?: "light" | "dark";
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: "reduce" | "no-preference";
}

export async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<Watched> {
  const { theme = "light", width = 1440, height = 900, reducedMotion = "no-preference" } = options;
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height }, reducedMotion });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      errors.push(message.text());
    }
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, errors };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds that is serious or critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  return (await findings(page)).filter(({ impact }) => impact === "serious" || impact === "critical").map(line);
}

/**
 * Rules of axe with findings that are let stand, each with its reason. Only moderate and minor ones can be; every other
 * finding of that weight fails the tests.
 */
const LET_STAND: Readonly<Record<string, string>> = {};

/** What axe finds at all, but for LET_STAND: one line each. */
export async function allFindings(page: Page): Promise<string[]> {
  return (await findings(page)).filter(({ id }) => LET_STAND[id] === undefined).map(line);
}

type Finding = { readonly id: string; readonly impact: string | null; readonly html: string; readonly why: string };

async function findings(page: Page): Promise<readonly Finding[]> {
  if (!(await page.evaluate("'axe' in window"))) {
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  }
  const result = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as AxeResult;
  return result.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => ({ id, impact, html: node.html, why: node.failureSummary ?? "" })),
  );
}

function line({ id, html, why }: Finding): string {
  return `${id}: ${html} ${why}`;
}
