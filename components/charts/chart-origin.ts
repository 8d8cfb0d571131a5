import type { PanelKind, PanelSource, Threshold } from "@/lib/boards/panel";

/** Where a chart's figures come from: enough to show it elsewhere. */
export interface ChartOrigin {
  readonly title: string;
  readonly kind: PanelKind;
  readonly source: PanelSource;
  readonly thresholds?: Threshold[];
  /** `15m` */
  readonly range: string;
}
