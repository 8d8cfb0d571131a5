/** The dashboard as `next start` runs it, on a loopback port of its own. Needs the build that `npm test` makes first. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { eventually, freePort, withoutTestVariables } from "./local-mode";
import type { OwnNetwork } from "./own-network";

export const DASHBOARD_IS_BUILT = existsSync(".next/BUILD_ID");

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** null when it is no JSON. */
  readonly body: unknown;
}

export interface Dashboard {
  readonly url: string;
  readonly pid: number;
  readonly said: () => string;
  readonly ask: (path: string, init?: RequestInit) => Promise<Answer>;
  /** As a program writes: JSON, with the header that no form can send. */
  readonly write: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** `env`: the MESHDECK_ variables; what this process has of them is not passed on. */
export async function startDashboard(env: Readonly<Record<string, string>>): Promise<Dashboard> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  const child = await launched([process.execPath, ...nextStart("127.0.0.1", port)], env, async () => {
    return (await ask(READY_PATH)).status === 200;
  });
  return {
    ...child,
    url,
    ask,
    write: (method, path, body) =>
      ask(path, {
        method,
        headers: { "content-type": "application/json", "x-meshdeck": "1" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** On every address of a network of the test's own, where only `network.ask` reaches it. */
export async function startDashboardIn(
  network: OwnNetwork,
  env: Readonly<Record<string, string>>,
): Promise<Pick<Dashboard, "stop"> & { readonly port: number }> {
  const port = 8080;
  const command = [...network.inside, process.execPath, ...nextStart("0.0.0.0", port)];
  const { stop } = await launched(command, env, async () => {
    return (await network.ask({ url: `http://127.0.0.1:${port}${READY_PATH}` })).status === 200;
  });
  return { port, stop };
}

const READY_PATH = "/api/openapi.json";

function nextStart(host: string, port: number): readonly string[] {
  return ["node_modules/next/dist/bin/next", "start", "--hostname", host, "--port", String(port)];
}

/** Starts it and waits until `answers`. Rejects with what it said when it ends before. */
async function launched(
  [program = "", ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  answers: () => Promise<boolean>,
): Promise<Pick<Dashboard, "pid" | "said" | "stop">> {
  const inherited = Object.entries(withoutTestVariables()).filter(
    ([name]) => !name.startsWith("MESHDECK_") && name !== "KUBECONFIG",
  );
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(inherited), ...env } as NodeJS.ProcessEnv,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const ended = once(child, "exit").then(() => {
    throw new Error(said);
  });
  const ready = eventually("the dashboard answers", 30, async () => ((await answers()) ? true : null));
  ready.catch(() => undefined);
  ended.catch(() => undefined);
  await Promise.race([ready, ended]);
  return {
    pid: child.pid ?? 0,
    said: () => said,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** The status of a request whose Host header is `host`, which fetch does not let one choose. */
export async function statusAs(host: string, url: string): Promise<number> {
  const request = httpRequest(url, { headers: { host } }).end();
  const [response] = (await once(request, "response")) as [import("node:http").IncomingMessage];
  response.destroy();
  return response.statusCode ?? 0;
}

export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
  /** Unix milliseconds. */
  readonly at: number;
}

/** An open stream: what it brought so far, and how to leave. */
export async function openEvents(url: string): Promise<{ events: StreamEvent[]; close: () => void }> {
  const gone = new AbortController();
  const response = await fetch(url, { signal: gone.signal, headers: { accept: "text/event-stream" } });
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const events: StreamEvent[] = [];
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const found = /^event: (.*)\ndata: (.*)$/.exec(block);
        if (found) events.push({ name: found[1] ?? "", data: parse(found[2] ?? ""), at: Date.now() });
      }
    }
  };
  read().catch(() => undefined);
  return { events, close: () => gone.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
