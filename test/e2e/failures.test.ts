/** What a person reads when local mode cannot start: one sentence, and an exit code that is not 0. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, newDataFolder, withoutTestVariables } from "../support/local-mode";

describe("a start that cannot work", () => {
  let dataFolder = "";
  beforeEach(() => {
    dataFolder = newDataFolder();
  });
  afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

  async function start(args: readonly string[], env: NodeJS.ProcessEnv = withoutTestVariables()) {
    const child = spawn(process.execPath, ["dist/local.js", ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
    const [code] = (await once(child, "exit")) as [number | null];
    clearTimeout(timer);
    return {
      code,
      said,
      lines: said
        .trim()
        .split("\n")
        .filter((line) => line !== ""),
    };
  }

  it("names the port that is in use and the flag that changes it", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const { code, lines } = await start(["--port", String(port), "--data-dir", dataFolder]);
    taken.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(String(port));
    expect(lines[0]).toContain("--port");
    expect(code).toBeGreaterThan(0);
  });

  it("says how to get Envoy when there is none and pip cannot bring it", async () => {
    // A PATH with nothing but node: no envoy, no python. The repository's own cache is left out of the search too.
    const bin = join(dataFolder, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    const { MESHDECK_ENVOY: _, ...rest } = withoutTestVariables();
    const env = { ...rest, PATH: bin, MESHDECK_ENVOY_CACHE: join(dataFolder, "empty") };
    const { code, lines } = await start(["--port", String(await freePort()), "--data-dir", dataFolder], env);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/Envoy/);
    expect(lines[0]).toMatch(/MESHDECK_ENVOY/);
    expect(code).toBeGreaterThan(0);
  });

  it("says that the data folder cannot be written", async () => {
    // /sys refuses new folders to everyone, root included.
    const { code, lines } = await start(["--port", String(await freePort()), "--data-dir", "/sys/meshdeck"]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("/sys/meshdeck");
    expect(lines[0]).toContain("--data-dir");
    expect(code).toBeGreaterThan(0);
  });

  it("refuses a flag it does not know, and a file that is not there", async () => {
    const unknown = await start(["--prot", "8080"]);
    expect(unknown.code).toBeGreaterThan(0);
    expect(unknown.said).toContain("--prot");
    const missing = await start(["--port", String(await freePort()), "--data-dir", dataFolder, "-f", "no-such.yaml"]);
    expect(missing.code).toBeGreaterThan(0);
    expect(missing.lines).toHaveLength(1);
    expect(missing.said).toContain("no-such.yaml");
  });
});
