import { AppError } from "@/lib/contract/errors";

/** Larger than any object can be: the Kubernetes API takes 1.5 MB at most. */
const MOST_BYTES = 2 * 1024 * 1024;

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** The JSON body of a request, read no further than its limit. AppError `invalid_request` for anything else. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new AppError("invalid_request", `The body is sent as "${type}", not as JSON.`, {
      hint: "Send the header content-type: application/json.",
    });
  }
  const text = await readText(request);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError("invalid_request", `The body is not JSON: ${cause instanceof Error ? cause.message : cause}.`, {
      hint: "Correct the body and send it again.",
      cause,
    });
  }
}

export function isForm(request: Request): boolean {
  return FORM.test(request.headers.get("content-type") ?? "");
}

/** The fields of a form. AppError `invalid_request` when it is too large. */
export async function readForm(request: Request): Promise<unknown> {
  return Object.fromEntries(new URLSearchParams(await readText(request)));
}

async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new AppError("invalid_request", `The body is larger than ${MOST_BYTES / 1024 / 1024} MiB.`, {
        hint: "Send one object at a time.",
      });
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
