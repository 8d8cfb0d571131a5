import { AppError } from "@/lib/contract/errors";
import { loadKube } from "@/server/kube/load";
import { createLogger } from "@/server/platform/log";
import { untilSignal } from "@/server/platform/signals";
import { createXdsServer } from "@/server/xds/server";
import { startController } from "./controller";
import { helpText, readSettings } from "./settings";

const CLOSE_MS = 4000;

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (!settings) {
    process.stdout.write(helpText());
    return;
  }
  const log = createLogger("controller");
  const stop = new AbortController();
  const signalled = untilSignal().then((signal) => {
    stop.abort();
    return signal;
  });
  const client = loadKube({ kubeconfig: settings.kubeconfig });
  const started = startController(settings, { client, createXdsServer, log, signal: stop.signal });
  const first = await Promise.race([started, signalled]);
  if (typeof first !== "string") {
    log.info({ event: "ready", ports: first.ports }, "ready");
    log.info({ event: "stopping", signal: await signalled }, "stopping");
    // An API that hangs must not keep the process: giving the lease back is a courtesy.
    await Promise.race([first.close(), new Promise((resolve) => setTimeout(resolve, CLOSE_MS))]);
  }
  // A start that was broken off, and connections of sidecars, must not keep the process.
  process.exit(0);
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${[error.message, error.hint].filter(Boolean).join(" ")}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
