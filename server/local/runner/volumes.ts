/**
 * Secret and ConfigMap volumes as folders. As a kubelet does: files are links through `..data`, and `..data` is swapped in
 * one rename, so that a watcher (Envoy's watched_directory) sees all new files at once.
 */
import { mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** File name (may have folders) to content. */
export type VolumeFiles = Readonly<Record<string, Uint8Array>>;

const DATA = "..data";

/** Makes `folder` show exactly these files. Returns whether anything changed. */
export async function writeVolume(folder: string, files: VolumeFiles): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = await currentData(folder);
  if (before !== null && (await same(join(folder, before), files))) return false;

  const next = await mkdtemp(join(folder, `..${new Date().toISOString().replace(/[:.]/g, "_")}-`));
  for (const [name, content] of Object.entries(files)) {
    const path = join(next, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, content, { mode: 0o600 });
  }
  const link = join(folder, "..data_tmp");
  await rm(link, { force: true });
  await symlink(next.slice(folder.length + 1), link);
  await rename(link, join(folder, DATA));
  await linkNames(folder, new Set(Object.keys(files).map((name) => name.split("/")[0] ?? name)));
  if (before !== null) await rm(join(folder, before), { recursive: true, force: true });
  return true;
}

async function linkNames(folder: string, names: ReadonlySet<string>): Promise<void> {
  const present = (await readdir(folder)).filter((name) => !name.startsWith(".."));
  for (const name of present) if (!names.has(name)) await rm(join(folder, name), { force: true });
  for (const name of names) if (!present.includes(name)) await symlink(join(DATA, name), join(folder, name));
}

async function currentData(folder: string): Promise<string | null> {
  return readlink(join(folder, DATA)).catch(() => null);
}

async function same(folder: string, files: VolumeFiles): Promise<boolean> {
  try {
    const present = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    if (present.length !== Object.keys(files).length) return false;
    for (const [name, content] of Object.entries(files)) {
      if (!(await readFile(join(folder, name))).equals(content)) return false;
    }
    return true;
  } catch {
    return false;
  }
}
