/** The dashboard's routes in this process, as Next calls them: no build and no server. Settings are those of process.env. */
import { readdirSync } from "node:fs";
import type { Route } from "@/lib/contract/route";
import { ROUTES } from "@/lib/contract/routes";
import type { Answer } from "./dashboard";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

const HOST = "localhost:8080";
const FILES = ["app/api", "app/metrics"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("route.ts"))
    .map((name) => `${folder}/${name}`),
);

export interface Asking {
  readonly method?: Route["method"];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The Response of a path as the app's own file for it gives it. */
export async function respond(
  path: string,
  { method = "GET", headers = {}, body, signal }: Asking = {},
): Promise<Response> {
  const url = new URL(path, `http://${HOST}`);
  const found = placeOf(url.pathname);
  const module = (await import(/* @vite-ignore */ `../../${found.file}`)) as Readonly<Record<string, Handler>>;
  const handler = module[method];
  if (!handler) throw new Error(`${found.file} has no ${method}`);
  const write = method === "GET" ? {} : { "x-meshdeck": "1", "content-type": "application/json" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(url, {
    method,
    headers: { host: HOST, ...write, ...headers },
    ...(body === undefined ? {} : { body: text }),
    ...(signal ? { signal } : {}),
  });
  return handler(request, { params: Promise.resolve(found.params) });
}

export async function ask(path: string, asking: Asking = {}): Promise<Answer> {
  const response = await respond(path, asking);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Every row of the table by its name. */
export const ALL_ROUTES = Object.entries(ROUTES as Readonly<Record<string, Route>>);

function placeOf(pathname: string): { file: string; params: Readonly<Record<string, string>> } {
  const parts = pathname.split("/").slice(1);
  const fits = FILES.flatMap((file) => {
    const names = file
      .replace(/^app\//, "")
      .replace(/\/route\.ts$/, "")
      .split("/");
    const params: Record<string, string> = {};
    const same =
      names.length === parts.length &&
      names.every((name, index) => {
        const part = parts[index] ?? "";
        if (name === part) return true;
        if (!name.startsWith("[")) return false;
        params[name.slice(1, -1)] = decodeURIComponent(part);
        return true;
      });
    return same ? [{ file, params }] : [];
  });
  // A path that is spelled out comes before one with parameters.
  const [best] = fits.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  if (!best) throw new Error(`no route file for ${pathname}`);
  return best;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
