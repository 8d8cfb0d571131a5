/** Everything one can go to, made of what the pages' answers hold. Pure: what is known comes in. */
import { policyKey } from "@/components/access/policy-list";
import { pagePath } from "@/components/services/subject-path";
import type { UrlChange } from "@/components/shell/url-state";
import type { Namespaces } from "@/lib/contract/namespaces";
import type { ProxyList } from "@/lib/contract/proxies";
import type { SmiList } from "@/lib/contract/smi";
import type { Topology } from "@/lib/contract/topology";

export interface Place {
  /** Stable, so that it is found again among the recent ones. */
  readonly id: string;
  readonly name: string;
  /** Grey behind the name: what it is, and where. */
  readonly note: string;
  /** In lower case: what is searched. */
  readonly text: string;
  readonly path: string;
  readonly change: UrlChange;
}

export interface KnownPlaces {
  readonly namespaces: Namespaces | undefined;
  readonly topology: Topology | undefined;
  readonly proxies: ProxyList | undefined;
  readonly smi: readonly (SmiList | undefined)[];
}

export function placesOf({ namespaces, topology, proxies, smi }: KnownPlaces): readonly Place[] {
  return [
    ...(namespaces?.items ?? []).flatMap(({ name, serviceNames }) => serviceNames.map((each) => service(name, each))),
    ...(topology?.nodes ?? []).filter(({ kind }) => kind !== "service").map(workload),
    ...smi.flatMap((list) => list?.items ?? []).map(({ object }) => policy(object)),
    ...(namespaces?.items ?? []).map(({ name }) =>
      place({ kind: "Namespace", namespace: "", name }, "/namespaces", { namespace: name }),
    ),
    ...(proxies?.items ?? []).map(({ id, namespace, pod }) =>
      place({ kind: "Sidecar", namespace, name: pod.slice(pod.indexOf("/") + 1) }, "/proxies", { proxy: id }),
    ),
  ];
}

interface Thing {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function place({ kind, namespace, name }: Thing, path: string, change: UrlChange): Place {
  const note = namespace === "" ? kind : `${kind} in ${namespace}`;
  const id = `${kind} ${namespace}/${name}`;
  return { id, name, note, text: `${name} ${namespace} ${kind}`.toLowerCase(), path, change };
}

function service(namespace: string, name: string): Place {
  return place({ kind: "Service", namespace, name }, pagePath(`${namespace}/service/${name}`), {});
}

function workload({ id, kind, namespace, name }: Topology["nodes"][number]): Place {
  const kindName = kind === "external" ? "Outside" : kind.charAt(0).toUpperCase() + kind.slice(1);
  return place({ kind: kindName, namespace, name }, "/graph", { level: "workloads", node: id });
}

function policy(object: SmiList["items"][number]["object"]): Place {
  const { kind, metadata } = object;
  const { namespace = "", name } = metadata;
  if (kind === "TrafficSplit") return place({ kind, namespace, name }, "/splits", { split: `${namespace}/${name}` });
  return place({ kind, namespace, name }, "/access", { policy: policyKey(object) });
}
