/** What pages begin with, as a path: written the same by the hook that asks and by the HTML that asks before it. */
import { withQuery } from "./with-query";

interface Asked {
  /** `30s`. */
  readonly window: string;
  /** Unix milliseconds; null for now. */
  readonly at: number | null;
}

/** What the shares of splits are taken over: long enough for a small share to show. */
export const SPLITS_WINDOW = "60s";

export const topologyPath = ({ window, at }: Asked) => withQuery("/api/topology", { window, at });
export const splitsPath = ({ window, at }: Asked) => withQuery("/api/splits", { window, at });
export const accessPath = ({ window, at }: Asked) => withQuery("/api/access", { window, at });
export const securityPath = ({ window, at }: Asked) => withQuery("/api/security", { window, at });
/** `ns`: of these namespaces alone (`a,b`); null for all. */
export const overviewPath = ({ window, at, ns }: Asked & { readonly ns: string | null }) =>
  withQuery("/api/overview", { window, at, ns });
