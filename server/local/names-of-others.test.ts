import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { refuseNamesOfOthers } from "./names-of-others";

function said(options: { login: "none" | "token"; context?: string }, env: Record<string, string>): string | null {
  try {
    refuseNamesOfOthers(options, env);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.message} ${error.hint}`;
  }
}

describe("refuseNamesOfOthers", () => {
  const names = { MESHDECK_ALLOWED_HOSTS: "localhost, deck.example.com" };

  it("says which name and which flag, where nobody would sign in", () => {
    expect(said({ login: "none" }, names)).toBe(
      'MESHDECK_ALLOWED_HOSTS lets others in by the name "deck.example.com", but nobody has to sign in. ' +
        "Start with --login token, or leave only loopback names in MESHDECK_ALLOWED_HOSTS.",
    );
    expect(said({ login: "none", context: "there" }, names)).toContain("Set MESHDECK_LOGIN=token");
  });

  it("lets pass loopback names, and any name where people sign in", () => {
    expect(said({ login: "none" }, {})).toBeNull();
    expect(said({ login: "none" }, { MESHDECK_ALLOWED_HOSTS: "localhost,127.0.0.2,[::1]" })).toBeNull();
    expect(said({ login: "token" }, names)).toBeNull();
    expect(said({ login: "none", context: "there" }, { ...names, MESHDECK_LOGIN: "token" })).toBeNull();
  });

  it("does not take a login by the environment for one of local mode, which has its own flag", () => {
    expect(said({ login: "none" }, { ...names, MESHDECK_LOGIN: "token" })).toContain("--login token");
  });
});
