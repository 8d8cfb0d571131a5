/** What a request to the dashboard's server ended in when it was not an answer. */
import type { ErrorBody } from "@/lib/contract/error-body";
import { ERROR_STATUS, type ErrorCode } from "@/lib/contract/errors";
import type { KubeObject } from "@/lib/kube/objects";

export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  /** What to do next; "" when there is nothing to say. */
  readonly hint: string;
  /** By field path, for example `spec.backends[0].weight`. */
  readonly fields: readonly FieldMessage[];
  /** On a conflict: the object as it is now. */
  readonly live: KubeObject | null;

  constructor(body: ErrorBody["error"], cause?: unknown) {
    super(body.message, { cause });
    this.name = "ApiError";
    this.code = body.code;
    this.hint = body.hint ?? "";
    this.fields = body.details?.fields ?? [];
    this.live = (body.details?.live as KubeObject | undefined) ?? null;
  }
}

/** From an answer that is no success, whatever its body. */
export function apiErrorFrom(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) return new ApiError(body.error);
  return new ApiError({
    code: status >= 500 ? "upstream_unavailable" : "invalid_request",
    message: `The dashboard answered ${status} without saying why.`,
    hint: "Reload the page; if it stays, look at the dashboard's log.",
  });
}

/** No answer at all. */
export function unreachable(cause: unknown): ApiError {
  return new ApiError(
    {
      code: "upstream_unavailable",
      message: "The dashboard's server does not answer.",
      hint: "Check that it still runs; this page tries again by itself.",
    },
    cause,
  );
}

/** Whether it says what went wrong, and not something between it and us (a proxy, a login page). */
function isErrorBody(body: unknown): body is ErrorBody {
  const { code, message } = (body as Partial<ErrorBody> | null)?.error ?? {};
  return typeof message === "string" && typeof code === "string" && Object.hasOwn(ERROR_STATUS, code);
}
