import { expect, test } from "vitest";
import type { AccessCell } from "@/lib/contract/access";
import { cellText } from "./cell-text";

const cell = (state: AccessCell["state"], requestsPerSecond = 0, deniedPerSecond = 0): AccessCell => ({
  ...{ source: "a/a", destination: "b/b", state, requestsPerSecond, deniedPerSecond, policies: [], routes: [] },
});

test.each([
  [cell("unused"), true, "allowed, not used"],
  [cell("unused"), false, "allowed, calls not measured"],
  [null, true, "no access, no calls"],
  [null, false, "no access, calls not measured"],
  [cell("used", 3), true, "allowed and used, 3/s"],
  [cell("denied", 0, 2), true, "denied, 2/s"],
  [cell("partly-denied", 3, 2), true, "allowed and used, 3/s, 2/s denied"],
])("says of %o (measured: %s): %s", (one, measured, said) => {
  expect(cellText(one, measured)).toBe(said);
});
