import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { readAttempt, sealAttempt } from "./last-attempt";
import { seal } from "./seal";

const key = randomBytes(32);
const attempt = { message: "The Kubernetes API does not know this token.", hint: "Get another.", wrongToken: true };

it("comes back as it was told", () => {
  expect(readAttempt(sealAttempt(attempt, key), key)).toEqual(attempt);
});

it("is nothing when somebody else wrote it, whatever they wrote", () => {
  const session = seal(JSON.stringify({ id: "1", token: "t" }), key);
  for (const other of [null, "", "Call 555 and give your token", sealAttempt(attempt, randomBytes(32)), session]) {
    expect(readAttempt(other, key)).toBeNull();
  }
  expect(readAttempt(sealAttempt(attempt, key), null)).toBeNull();
});
