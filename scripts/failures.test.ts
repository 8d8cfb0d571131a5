import { expect, test } from "vitest";
import { failures } from "./failures.mjs";

const assertion = (fullName: string, status: string, failureMessages: string[] = []) => ({
  fullName,
  status,
  failureMessages,
});

test("names each failed test with the first lines of its message, without colours", () => {
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}`).join("\n");
  const report = {
    testResults: [
      {
        name: "/repo/test/a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          assertion("a passes", "passed"),
          assertion("a fails", "failed", ["\u001b[31mexpected 1\u001b[39m to be 2"]),
          assertion("a fails at length", "failed", [long]),
        ],
      },
      { name: "/repo/test/b.test.ts", status: "passed", message: "", assertionResults: [assertion("b", "passed")] },
    ],
  };

  const said = failures(report, "/repo");

  expect(said).toHaveLength(2);
  expect(said[0]).toBe("FAILED test/a.test.ts > a fails\n  expected 1 to be 2");
  expect(said[1]?.split("\n")).toHaveLength(13);
});

test("names a file that failed before any of its tests ran", () => {
  const file = { name: "/repo/test/c.test.ts", status: "failed", message: "no such module", assertionResults: [] };

  expect(failures({ testResults: [file] }, "/repo")).toEqual([
    "FAILED test/c.test.ts (no test of it ran)\n  no such module",
  ]);
});
