/** The Secrets and ConfigMaps of the cluster, as containers and volumes use them. */
import type { KubeObject } from "@/lib/kube/objects";
import type { EnvSources } from "./env";
import type { VolumeSources } from "./pod-folder";
import type { VolumeFiles } from "./volumes";

type Kind = "Secret" | "ConfigMap";

export class SourceData {
  readonly #files = new Map<string, VolumeFiles>();

  set(kind: Kind, object: KubeObject, deleted: boolean): void {
    const key = sourceKey(kind, object.metadata.namespace ?? "default", object.metadata.name);
    if (deleted) this.#files.delete(key);
    else this.#files.set(key, kind === "Secret" ? secretFiles(object) : configMapFiles(object));
  }

  volumes(namespace: string): VolumeSources {
    return {
      secretFiles: (name) => this.#files.get(sourceKey("Secret", namespace, name)) ?? null,
      configMapFiles: (name) => this.#files.get(sourceKey("ConfigMap", namespace, name)) ?? null,
    };
  }

  env(namespace: string): EnvSources {
    const text = (files: VolumeFiles | undefined) =>
      files
        ? Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("utf8")]))
        : null;
    return {
      secret: (name) => text(this.#files.get(sourceKey("Secret", namespace, name))),
      configMap: (name) => text(this.#files.get(sourceKey("ConfigMap", namespace, name))),
    };
  }
}

function sourceKey(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

function secretFiles(secret: KubeObject): VolumeFiles {
  return { ...decode(secret.data), ...plain(secret.stringData) };
}

function configMapFiles(map: KubeObject): VolumeFiles {
  return { ...plain(map.data), ...decode(map.binaryData) };
}

function decode(data: unknown): VolumeFiles {
  return entries(data, (text) => Buffer.from(text, "base64"));
}

function plain(data: unknown): VolumeFiles {
  return entries(data, (text) => Buffer.from(text, "utf8"));
}

function entries(data: unknown, read: (text: string) => Uint8Array): VolumeFiles {
  if (data === null || typeof data !== "object") return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (typeof value === "string" ? [[name, read(value)]] : [])),
  );
}
