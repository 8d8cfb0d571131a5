/** Failures as Kubernetes tells them: a Status with reason, code and, per field, a cause. */
import { AppError, type ErrorCode } from "@/lib/contract/errors";
import type { JsonObject } from "./object";

/** What is wrong with one field. `field` is a path as in `spec.ports[0].port`. */
export interface Cause {
  readonly reason:
    | "FieldValueRequired"
    | "FieldValueInvalid"
    | "FieldValueNotSupported"
    | "FieldValueTypeInvalid"
    | "FieldValueDuplicate"
    | "FieldValueForbidden"
    | string;
  readonly field: string;
  readonly message: string;
}

export interface StatusDetails {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly causes?: readonly Cause[];
  readonly retryAfterSeconds?: number;
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: "invalid_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "invalid_request",
  409: "conflict",
  410: "conflict",
  413: "invalid_request",
  415: "invalid_request",
  422: "unprocessable",
  503: "upstream_unavailable",
  504: "upstream_timeout",
};

/** An AppError that knows its Kubernetes Status. */
export class StatusError extends AppError {
  readonly status: number;
  readonly reason: string;
  readonly statusDetails: StatusDetails | undefined;

  constructor(status: number, reason: string, message: string, details?: StatusDetails) {
    const fields = details?.causes?.map(({ field, message: text }) => ({ field, message: text }));
    super(CODES[status] ?? "internal", message, fields === undefined ? {} : { details: { fields } });
    this.name = "StatusError";
    this.status = status;
    this.reason = reason;
    this.statusDetails = details;
  }

  /** The body of the answer. */
  toStatus(): JsonObject {
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: this.message,
      reason: this.reason,
      ...(this.statusDetails === undefined ? {} : { details: JSON.parse(JSON.stringify(this.statusDetails)) }),
      code: this.status,
    };
  }
}

/** `trafficsplits.split.smi-spec.io`, or `pods`: how messages spell a kind of objects. */
export interface Named {
  readonly group: string;
  readonly plural: string;
}

export function spelled(type: Named): string {
  return type.group === "" ? type.plural : `${type.plural}.${type.group}`;
}

function about(type: Named, name: string): StatusDetails {
  return { name, ...(type.group === "" ? {} : { group: type.group }), kind: type.plural };
}

export function notFound(type: Named, name: string): StatusError {
  return new StatusError(404, "NotFound", `${spelled(type)} "${name}" not found`, about(type, name));
}

export function alreadyExists(type: Named, name: string): StatusError {
  return new StatusError(409, "AlreadyExists", `${spelled(type)} "${name}" already exists`, about(type, name));
}

export function conflict(type: Named, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${spelled(type)} "${name}": ${why}`;
  return new StatusError(409, "Conflict", message, about(type, name));
}

export const STALE = "the object has been modified; please apply your changes to the latest version and try again";

/** 422 with one cause per field. */
export function invalid(group: string, kind: string, name: string, causes: readonly Cause[]): StatusError {
  const spelt = group === "" ? kind : `${kind}.${group}`;
  const each = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = each.length === 1 ? each[0] : `[${each.join(", ")}]`;
  const details = { name, ...(group === "" ? {} : { group }), kind, causes };
  return new StatusError(422, "Invalid", `${spelt} "${name}" is invalid: ${list}`, details);
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

export function forbidden(type: Named, name: string, why: string, cause?: Cause): StatusError {
  const details = cause === undefined ? about(type, name) : { ...about(type, name), causes: [cause] };
  return new StatusError(403, "Forbidden", `${spelled(type)} "${name}" is forbidden: ${why}`, details);
}

export function expired(message: string): StatusError {
  return new StatusError(410, "Expired", message);
}

export function methodNotAllowed(): StatusError {
  return new StatusError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
}

export function unknownPath(): StatusError {
  return new StatusError(404, "NotFound", "the server could not find the requested resource");
}

export function internal(message: string): StatusError {
  return new StatusError(500, "InternalError", `Internal error occurred: ${message}`, {
    causes: [{ reason: "InternalError", field: "", message }],
  });
}
