/** `#contract` everywhere but in a built page: what the server says is held against its schema. */
import type { z } from "zod";
import { CALL_EVENTS } from "@/lib/contract/calls";
import { ROUTES } from "@/lib/contract/routes";
import { STREAM_EVENTS } from "@/lib/contract/stream";
import { ApiError } from "./api-error";
import type { ContractName, Contracts } from "./contracts";

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    Object.entries(ROUTES).flatMap(([name, { answer }]) => ("mediaType" in answer ? [] : [[name, answer]])),
  ),
  ...Object.fromEntries(Object.entries(STREAM_EVENTS).map(([name, schema]) => [`stream ${name}`, schema])),
  ...Object.fromEntries(Object.entries(CALL_EVENTS).map(([name, schema]) => [`calls ${name}`, schema])),
};

/** `body` as its contract says. Throws ApiError when it is something else. */
export function checked<Name extends ContractName>(name: Name, body: unknown): Contracts[Name] {
  const result = SCHEMAS[name]?.safeParse(body);
  if (result?.success) return result.data as Contracts[Name];
  const issue = result?.error.issues[0];
  throw new ApiError({
    code: "upstream_malformed",
    message: `The server said something else than the contract of ${name}: ${issue?.path.join(".")} ${issue?.message}.`,
  });
}
