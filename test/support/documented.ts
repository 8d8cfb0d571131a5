import { expect } from "vitest";
import { z } from "zod";
import { ErrorBodySchema } from "@/lib/contract/error-body";
import { ERROR_STATUS } from "@/lib/contract/errors";
import type { Route } from "@/lib/contract/route";
import type { Answer } from "./dashboard";

/** Fails when the answer is neither what the route says nor a well-formed error. */
export function expectDocumented(route: Route, answer: Answer): void {
  if (answer.status === (route.status ?? 200)) {
    if (route.answer instanceof z.ZodType) route.answer.parse(answer.body);
    return;
  }
  const { error } = ErrorBodySchema.parse(answer.body);
  expect(ERROR_STATUS[error.code]).toBe(answer.status);
  expect(error.message).toMatch(/\S/);
  expect(answer.text).not.toMatch(/\n\s+at |node_modules/);
}
