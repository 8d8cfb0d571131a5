/**
 * The answer a page begins with, asked for by its HTML: it is under way, and read, while the page's scripts still load. Asked for by a
 * script and not by a preload link: where a browser does not take up the link, the answer would be fetched twice.
 */
export interface JsonAnswer {
  readonly ok: boolean;
  /** HTTP status. */
  readonly status: number;
  /** null when it is no JSON. */
  readonly body: unknown;
}

interface Early {
  readonly path: string;
  readonly answer: Promise<JsonAnswer>;
}

const OPTIONS = { credentials: "same-origin", cache: "no-store" } as const;

/** The text of a script that asks for `path` at once. A body that nobody reads would stop coming: so it is read at once too. */
export function earlyScript(path: string): string {
  const options = JSON.stringify(OPTIONS);
  // Within HTML: nothing in it may end the script.
  const text = JSON.stringify(path).replaceAll("<", "\\u003c");
  const read = "async r=>({ok:r.ok,status:r.status,body:await r.json().catch(()=>null)})";
  return `(p=>{const a=fetch(p,${options}).then(${read});a.catch(()=>{});self.meshdeckEarly={path:p,answer:a}})(${text})`;
}

/** What answers a GET of `path`: the early answer if there is one, and only once, or a new one. Rejects as fetch does. */
export function fetchJson(path: string, signal?: AbortSignal): Promise<JsonAnswer> {
  const page = globalThis as typeof globalThis & { meshdeckEarly?: Early };
  const early = page.meshdeckEarly;
  if (early?.path !== path) return sendForJson(path, signal ? { signal } : {});
  delete page.meshdeckEarly;
  return early.answer;
}

/** Rejects as fetch does. */
export async function sendForJson(path: string, init: RequestInit): Promise<JsonAnswer> {
  const response = await fetch(path, { ...OPTIONS, ...init });
  return { ok: response.ok, status: response.status, body: await response.json().catch(() => null) };
}
