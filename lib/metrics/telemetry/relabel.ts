/** Rows of other meshes in Meshdeck's labels. */
import type { ObjectRef } from "@/lib/kube/refs";
import {
  CLUSTER_LABEL,
  ENVOY_RESPONSE_CODE_CLASS,
  PART_LABEL,
  SOURCE_NAMESPACE,
  SOURCE_WORKLOAD_KIND,
  SOURCE_WORKLOAD_NAME,
} from "../names";
import type { Labels } from "../query";

/** Reads the labels of one row; null when it is about no call between workloads. */
export type LabelReader = (labels: Labels) => Labels | null;

/** Every row with the labels `read` makes of its own. */
export function relabelled<Row extends { readonly labels: Labels }>(
  rows: readonly Row[],
  read: LabelReader,
): readonly Row[] {
  return rows.flatMap((row) => {
    const labels = read(row.labels);
    return labels === null ? [] : [{ ...row, labels }];
  });
}

/** Labels of a workload whose sidecar counted. */
export function sourceLabels({ namespace, kind, name }: ObjectRef): Labels {
  return { [SOURCE_NAMESPACE]: namespace, [SOURCE_WORKLOAD_KIND]: kind.toLowerCase(), [SOURCE_WORKLOAD_NAME]: name };
}

/** The service that is called, as its callers' sidecars name it. Port 0: not known. */
export function clusterLabel(serviceKey: string, port = 0): Labels {
  return { [CLUSTER_LABEL]: `${serviceKey}|${port}` };
}

/** The service that received, as the sidecars behind it name it. */
export function localClusterLabel(serviceKey: string): Labels {
  return { [CLUSTER_LABEL]: `${serviceKey}|0|local` };
}

export function classLabel(responseClass: string): Labels {
  return { [ENVOY_RESPONSE_CODE_CLASS]: responseClass };
}

/** The label of a union's part, `part` when it is not the one the row has. Nothing for rows of other queries. */
export function partLabel(labels: Labels, part = labels[PART_LABEL]): Labels {
  return part === undefined ? {} : { [PART_LABEL]: part };
}

/** Keeps what a row says besides places: the bound of a bucket. */
export function boundLabel(labels: Labels): Labels {
  return labels.le === undefined ? {} : { le: labels.le };
}
