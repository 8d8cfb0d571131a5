/** `npm start`: Meshdeck on this machine. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@/lib/contract/errors";
import { untilSignal } from "@/server/platform/signals";
import { attach } from "./attach";
import { refuseNamesOfOthers } from "./names-of-others";
import { attaches, type LocalOptions, readOptions } from "./options";
import { type LocalMode, type StartContext, startLocal } from "./start";
import { createTeardown } from "./teardown";

const say = (text: string) => process.stderr.write(`meshdeck: ${text}\n`);

/** One line, whatever the error. */
function sentence(error: unknown): string {
  const text =
    error instanceof AppError ? [error.message, error.hint].filter(Boolean).join(" ") : `Meshdeck failed: ${error}`;
  return text.replace(/\s*\n\s*/g, " ");
}

/** Resolves when the process that started us, and said so, is gone: `npm start` killed hard leaves no signal behind. */
function untilParentGone(): Promise<"parent gone"> {
  const parent = Number(process.env.MESHDECK_PARENT_PID);
  return new Promise((resolve) => {
    if (!Number.isInteger(parent) || parent < 2) return;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve("parent gone");
    }, 500);
  });
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if ("help" in options) {
    process.stdout.write(options.help);
    return 0;
  }
  refuseNamesOfOthers(options, process.env);
  const teardown = createTeardown();
  const undo = () => teardown.run((name, error) => say(`${name} did not end well: ${error}`));
  const over = Promise.race([untilSignal(), untilParentGone()]);
  const crashed = new Promise<never>((_, reject) => {
    process.on("uncaughtException", reject);
    process.on("unhandledRejection", reject);
  });
  // dist/local.js: the folder above is the package's.
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const context = { root, env: process.env, say, teardown };
  const started = attaches(options) ? attached(options, context) : local(options, context);
  try {
    const running = await Promise.race([started, over, crashed]);
    if (typeof running !== "string") {
      process.stdout.write(options.json ? `${JSON.stringify(running.ready)}\n` : running.greeting);
      await Promise.race([over, crashed, running.failed]);
    }
    started.catch(() => {});
    await undo();
    return 0;
  } catch (error) {
    say(sentence(error));
    if (!(error instanceof AppError) && process.env.MESHDECK_LOG_LEVEL === "debug") console.error(error);
    await undo();
    return 1;
  }
}

/** What is said when all is ready, and what rejects when it cannot go on. */
interface Running {
  readonly ready: object;
  readonly greeting: string;
  readonly failed: Promise<never>;
}

async function local(options: LocalOptions, context: StartContext): Promise<Running> {
  const mode = await startLocal(options, context);
  return { ready: readyLine(mode), greeting: greeting(mode, options.login), failed: new Promise(() => {}) };
}

async function attached(options: LocalOptions, context: StartContext): Promise<Running> {
  const { dashboard, server, prometheus, ended } = await attach(options, context);
  const failed = ended.then((said) => {
    throw new AppError("internal", "The dashboard ended by itself.", { hint: said });
  });
  failed.catch(() => undefined);
  const lines = [`  Dashboard  ${dashboard}`, `  Cluster    ${server}`, `  Metrics    ${prometheus ?? "none found"}`];
  return {
    ready: { event: "ready", dashboard, cluster: server, prometheus },
    greeting: ["", ...lines, "", "  It shows what your rights allow. Ctrl-C ends it.", "", ""].join("\n"),
    failed,
  };
}

function readyLine(local: LocalMode) {
  return {
    event: "ready",
    dashboard: local.dashboard,
    kubeconfig: local.kubeconfig,
    prometheus: local.metrics.url,
    metrics: local.metrics.kind,
  };
}

function greeting(local: LocalMode, login: LocalOptions["login"]): string {
  const token = `kubectl --kubeconfig ${local.kubeconfig} create token default -n bookstore`;
  return [
    "",
    local.dashboard ? `  Dashboard  ${local.dashboard}` : "  Dashboard  not built",
    ...(login === "token"
      ? [
          `  Sign in    with a token, for example of ${token}`,
          `             or, to see all, the one in ${local.dataFolder}/api-token`,
        ]
      : []),
    `  kubectl    kubectl --kubeconfig ${local.kubeconfig} get pods -A`,
    `  Metrics    ${local.metrics.url} (${local.metrics.kind})`,
    `  Logs       ${local.dataFolder}/logs`,
    "",
    "  Ctrl-C ends everything.",
    "",
    "",
  ].join("\n");
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(sentence(error));
    process.exit(1);
  },
);
