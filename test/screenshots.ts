/** Takes the pictures of `npm run screenshots`: of every page, or of those named, as in `-- graph service`. */
import { mkdirSync } from "node:fs";
import { launchChromium, openPage } from "./support/browser";
import { eventually, startLocalMode } from "./support/local-mode";

const PAGES: Readonly<Record<string, string>> = {
  overview: "/overview",
  graph: "/graph",
  "graph-table": "/graph?view=table",
  "graph-node": "/graph?node=bookstore/service/bookstore-v1",
  "graph-namespaces": "/graph?level=namespaces",
  "graph-find": "/graph?find=(denied or errors > 1%) and not name ~ store",
  "graph-time": "/graph?track=15m",
  services: "/services",
  service: "/services/bookstore/bookstore-v1",
  "service-logs": "/services/bookstore/bookstore-v1?tab=logs",
  "service-calls": "/services/bookstore/bookstore-v1?tab=calls",
  splits: "/splits",
  access: "/access",
  "access-why": "/access?cell=bookthief/bookthief>bookstore/bookstore",
  "access-edit": "/access?policy=TrafficTarget/bookstore/bookstore-v1",
  security: "/security",
  "security-certificates": "/security?view=certificates",
  "security-coverage": "/security?view=coverage",
  "security-denied": "/security?view=denied",
  boards: "/boards",
  namespaces: "/namespaces",
  proxies: "/proxies",
  changes: "/changes",
  settings: "/settings",
};
const DOCS: Readonly<Record<string, "light" | "dark">> = {
  overview: "dark",
  graph: "dark",
  "graph-time": "light",
  service: "light",
  splits: "light",
  access: "light",
  "security-coverage": "dark",
  boards: "dark",
};
/** The charts of five minutes look like something after one and a half. */
const WARM_UP_MS = 90_000;
const SETTLE_MS = 3_000;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const folder = ".cache/screenshots";
const forDocs = process.argv.includes("--docs");
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
mkdirSync(folder, { recursive: true });
if (forDocs) mkdirSync("docs/images", { recursive: true });
const local = await startLocalMode();
const browser = await launchChromium();
try {
  await eventually("traffic", 60, async () => {
    const { edges } = await local.topology();
    return edges.some((edge) => edge.denied) || null;
  });
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  for (const theme of ["light", "dark"] as const) {
    for (const size of SIZES) {
      for (const [name, path] of Object.entries(PAGES)) {
        const shown = DOCS[name] === theme && size.width > 1000;
        if ((forDocs && !shown) || (named.length > 0 && !named.includes(name))) continue;
        const { page } = await openPage(browser, `${local.dashboard}${path}`, { theme, ...size });
        await page.waitForTimeout(SETTLE_MS);
        const file = forDocs ? `docs/images/${name}.png` : `${folder}/${name}-${size.width}-${theme}.png`;
        await page.screenshot({ path: file });
        await page.context().close();
      }
    }
  }
} finally {
  await browser.close();
  await local.stop("SIGTERM");
}
