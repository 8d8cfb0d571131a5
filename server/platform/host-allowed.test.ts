import { describe, expect, it } from "vitest";
import { hostAllowed } from "./host-allowed";

describe("hostAllowed", () => {
  it.each(["localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "127.38.0.1", "[::1]:8080"])(
    "lets %s in",
    (host) => {
      expect(hostAllowed(host)).toBe(true);
    },
  );

  it.each([
    undefined,
    "",
    "evil.example",
    "evil.example:8080",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "user@localhost",
    "localhost:80:80",
    "::1",
  ])("keeps %s out", (host) => {
    expect(hostAllowed(host)).toBe(false);
  });

  it("lets configured names in, whatever their case and port", () => {
    expect(hostAllowed("Mesh.Example:443", ["mesh.example"])).toBe(true);
    expect(hostAllowed("other.example", ["mesh.example"])).toBe(false);
  });
});
