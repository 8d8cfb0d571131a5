import { describe, expect, it } from "vitest";
import { readOptions } from "./options";

describe("readOptions", () => {
  it("has a default for every flag", () => {
    expect(readOptions([])).toEqual({
      port: 8080,
      host: "127.0.0.1",
      dataDir: ".meshdeck",
      demo: "bookstore",
      file: [],
      metrics: "auto",
      login: "none",
      json: false,
    });
  });

  it("reads flags, several files included", () => {
    const options = readOptions(["--port", "8090", "--json", "-f", "a.yaml", "b.yaml", "--demo", "none", "-f", "c"]);
    expect(options).toMatchObject({ port: 8090, json: true, file: ["a.yaml", "b.yaml", "c"], demo: "none" });
  });

  it("says what is wrong with a flag and where to look", () => {
    expect(() => readOptions(["--prot", "8080"])).toThrow(/unknown option '--prot'/);
    expect(() => readOptions(["--port", "99999"])).toThrow('--port is "99999": use 1 to 65535.');
    expect(() => readOptions(["--demo", "httpbin"])).toThrow('--demo is "httpbin": use bookstore or none.');
    expect(() => readOptions(["--host", "0.0.0.0"])).toThrow('--host is "0.0.0.0": local mode is for this machine');
    expect(() => readOptions(["extra"])).toThrow(/too many arguments/);
  });

  it("takes namespaces to look into with a cluster only, and only names", () => {
    expect(readOptions(["--context", "there", "--namespaces", "a,b"])).toMatchObject({ namespaces: "a,b" });
    expect(() => readOptions(["--namespaces", "a"])).toThrow("give --context or --kubeconfig with it");
    expect(() => readOptions(["--context", "there", "--namespaces", "a b"])).toThrow("names separated by commas");
  });

  it("explains itself", () => {
    expect(readOptions(["--help"])).toMatchObject({ help: expect.stringContaining("--data-dir") });
  });
});
