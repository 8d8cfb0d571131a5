import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let known: string | undefined;

/** The version in Meshdeck's package.json, whether this runs from source or from a bundle. "unknown" if there is none. */
export function ownVersion(): string {
  known ??= read(dirname(fileURLToPath(import.meta.url))) ?? read(process.cwd()) ?? "unknown";
  return known;
}

function read(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path)) {
      const manifest = JSON.parse(readFileSync(path, "utf8")) as { name?: string; version?: string };
      if (manifest.name === "meshdeck" && manifest.version) return manifest.version;
    }
    if (dirname(folder) === folder) return null;
  }
}
