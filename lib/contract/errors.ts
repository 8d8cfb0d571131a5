/** One vocabulary of errors for every process: what an API answers, and the HTTP status each code has. */
import type { ErrorBody } from "./error-body";

export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unprocessable: 422,
  too_many_requests: 429,
  upstream_malformed: 502,
  upstream_unavailable: 503,
  not_configured: 503,
  upstream_timeout: 504,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

const APP_ERROR = Symbol.for("meshdeck.app-error");

/** Thrown for everything that is expected to go wrong. Anything else that is thrown is a bug and answers "internal". */
export class AppError extends Error {
  /** Next loads this module more than once, for pages and for routes: an error of either is known to both. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class made of this one inherits it and asks for itself
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && APP_ERROR in value;
  }

  readonly [APP_ERROR] = true;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: ErrorBody["error"]["details"];

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: ErrorBody["error"]["details"]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
  }
}
