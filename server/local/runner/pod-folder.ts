/** A pod's folder on disk: its volumes, filled from Secrets and ConfigMaps and refreshed when those change. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/contract/errors";
import type { ContainerSpec, KeyToPath, Volume } from "./pod-spec";
import { type VolumeFiles, writeVolume } from "./volumes";

/** Data of a Secret or ConfigMap of the pod's namespace; null when there is none. */
export interface VolumeSources {
  readonly secretFiles: (name: string) => VolumeFiles | null;
  readonly configMapFiles: (name: string) => VolumeFiles | null;
}

export class PodFolder {
  readonly #folder: string;
  readonly #volumes: readonly Volume[];

  constructor(folder: string, volumes: readonly Volume[]) {
    this.#folder = folder;
    this.#volumes = volumes;
  }

  /** Writes every volume; returns whether any changed. Throws an AppError naming the Secret, ConfigMap or kind of volume that is missing. */
  async fill(sources: VolumeSources): Promise<boolean> {
    let changed = false;
    for (const volume of this.#volumes) {
      const folder = this.pathOf(volume.name);
      if (volume.emptyDir !== undefined) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        continue;
      }
      changed = (await writeVolume(folder, filesOf(volume, sources))) || changed;
    }
    return changed;
  }

  /** Whether a change of that Secret or ConfigMap concerns this pod. */
  uses(kind: "Secret" | "ConfigMap", name: string): boolean {
    return this.#volumes.some((volume) =>
      kind === "Secret" ? volume.secret?.secretName === name : volume.configMap?.name === name,
    );
  }

  /**
   * Where a path inside the container is on this machine: below a mounted volume that volume's folder, else unchanged
   * (processes are not in a file system of their own).
   */
  translate(container: ContainerSpec, path: string): string {
    const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => b.mountPath.length - a.mountPath.length);
    for (const mount of mounts) {
      const below = mount.mountPath.replace(/\/$/, "");
      if (path !== below && !path.startsWith(`${below}/`)) continue;
      return join(this.pathOf(mount.name), mount.subPath ?? "", path.slice(below.length));
    }
    return path;
  }

  pathOf(volume: string): string {
    return join(this.#folder, "volumes", volume);
  }

  /** Made so that a container without a working folder has one. */
  async home(): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return this.#folder;
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function filesOf(volume: Volume, sources: VolumeSources): VolumeFiles {
  if (volume.secret) {
    const { secretName, items, optional } = volume.secret;
    return select(`Secret ${secretName}`, sources.secretFiles(secretName), { items, optional });
  }
  if (volume.configMap) {
    const { name, items, optional } = volume.configMap;
    return select(`ConfigMap ${name}`, sources.configMapFiles(name), { items, optional });
  }
  const kind = Object.keys(volume).find((field) => field !== "name") ?? "unknown";
  throw new AppError("unprocessable", `volume ${volume.name} is of a kind local mode does not have: ${kind}`, {
    hint: "Use secret, configMap or emptyDir.",
  });
}

function select(
  what: string,
  data: VolumeFiles | null,
  { items, optional }: { items: readonly KeyToPath[] | undefined; optional: boolean | undefined },
): VolumeFiles {
  if (data === null) {
    if (optional) return {};
    throw new AppError("not_found", `${what} does not exist yet`);
  }
  if (!items) return data;
  return Object.fromEntries(
    items.flatMap(({ key, path }) => {
      const content = data[key];
      if (content !== undefined) return [[path, content]];
      if (optional) return [];
      throw new AppError("not_found", `${what} has no key ${key}`);
    }),
  );
}
