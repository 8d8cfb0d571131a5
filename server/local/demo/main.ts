/** The bookstore demo's applications, one program: `demo-app.js bookbuyer|bookthief|bookstore|bookwarehouse|stockdb`. */

import { type DemoSettings, type Role, readSettings } from "./settings";
import { serveShopper } from "./shoppers";
import { serveBookstore, serveBookwarehouse } from "./shops";
import { serveStockdb } from "./stockdb";

const applications: Record<Role, (settings: DemoSettings) => Promise<() => Promise<void>>> = {
  bookbuyer: serveShopper,
  bookthief: serveShopper,
  bookstore: serveBookstore,
  bookwarehouse: serveBookwarehouse,
  stockdb: serveStockdb,
};

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  const close = await applications[settings.role](settings);
  console.log(`${settings.identity} listens on ${settings.bindHost}:${settings.port}`);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    console.log(`${settings.identity} ends`);
    void close().then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
