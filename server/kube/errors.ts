import type { ErrorBody } from "@/lib/contract/error-body";
import { AppError, type ErrorCode } from "@/lib/contract/errors";

/** An answer of the Kubernetes API that is no success. */
export class KubeError extends AppError {
  /** HTTP status. */
  readonly status: number;
  /** The Status object's reason, for example `AlreadyExists`, `Conflict`, `Expired`. "" when the body was no Status. */
  readonly reason: string;

  constructor(status: number, reason: string, options: { message: string; details?: ErrorBody["error"]["details"] }) {
    const hint = HINTS[status];
    super(CODES[status] ?? (status >= 500 ? "upstream_unavailable" : "invalid_request"), options.message, {
      ...(hint ? { hint } : {}),
      ...(options.details ? { details: options.details } : {}),
    });
    this.name = "KubeError";
    this.status = status;
    this.reason = reason;
  }
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  410: "conflict",
  422: "unprocessable",
  429: "upstream_unavailable",
  504: "upstream_timeout",
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Sign in again, or check the token in the kubeconfig.",
  403: "Ask for a role that allows this.",
  409: "Read the object again and repeat the change on what is there now.",
  422: "Correct the fields that are named and try again.",
  429: "Try again in a moment.",
};

interface Status {
  readonly kind?: unknown;
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly causes?: unknown };
}

/** From an HTTP status and body. `doing` is what was asked, for example `create pods demo/web`. */
export function kubeError(status: number, body: unknown, doing: string): KubeError {
  const said = typeof body === "string" ? parse(body) : ((body ?? {}) as Status);
  const why = typeof said.message === "string" && said.message ? said.message : `it answered ${status}`;
  const fields = causes(said);
  return new KubeError(status, typeof said.reason === "string" ? said.reason : "", {
    message: `The Kubernetes API did not ${doing}: ${why}`,
    ...(fields.length > 0 ? { details: { fields } } : {}),
  });
}

/** Whether the API server said it itself, and not a Service behind its proxy. */
export function isStatus(body: string): boolean {
  return parse(body).kind === "Status";
}

/** Whether a list or watch has to start over because the resourceVersion is too old. */
export function isExpired(error: unknown): boolean {
  return error instanceof KubeError && (error.status === 410 || error.reason === "Expired" || error.reason === "Gone");
}

export function isNotFound(error: unknown): boolean {
  return error instanceof AppError && error.code === "not_found";
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubeError && error.status === 403;
}

export function isConflict(error: unknown): boolean {
  return error instanceof AppError && error.code === "conflict";
}

/** From a failed connection. `timedOut` tells "no answer in time" from "no connection". */
export function connectionError(
  error: unknown,
  options: { server: string; doing: string; timedOut: boolean },
): AppError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const why = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return options.timedOut
    ? new AppError("upstream_timeout", `The Kubernetes API at ${options.server} did not ${options.doing} in time.`, {
        hint: "It may be overloaded: try again in a moment.",
        cause,
      })
    : new AppError(
        "upstream_unavailable",
        `The Kubernetes API at ${options.server} could not ${options.doing}: ${why}.`,
        {
          hint: "Check that it runs and that the kubeconfig names its address and certificate authority.",
          cause,
        },
      );
}

function parse(body: string): Status {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return { message: body.trim().slice(0, 300) };
  }
}

function causes(status: Status): { field: string; message: string }[] {
  const list = Array.isArray(status.details?.causes) ? status.details.causes : [];
  return list.flatMap((cause: { field?: unknown; message?: unknown } | null) =>
    cause && typeof cause.message === "string"
      ? [{ field: typeof cause.field === "string" ? cause.field : "", message: cause.message }]
      : [],
  );
}
