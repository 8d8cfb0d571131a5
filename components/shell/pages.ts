import {
  Boxes,
  ChartLine,
  Gauge,
  History,
  KeyRound,
  Layers,
  type LucideIcon,
  Router,
  Settings,
  ShieldCheck,
  Split,
  Waypoints,
} from "lucide-react";

export interface Page {
  readonly path: string;
  readonly name: string;
  readonly keys: string;
  readonly icon: LucideIcon;
  /** Kinds whose problems are mended on this page: they make its badge. */
  readonly kinds: readonly string[];
}

/** The pages that exist, in the rail's order. */
export const PAGES: readonly Page[] = [
  { path: "/overview", name: "Overview", keys: "g o", icon: Gauge, kinds: [] },
  { path: "/graph", name: "Graph", keys: "g g", icon: Waypoints, kinds: [] },
  { path: "/services", name: "Services", keys: "g s", icon: Layers, kinds: [] },
  { path: "/splits", name: "Splits", keys: "g p", icon: Split, kinds: ["TrafficSplit"] },
  {
    path: "/access",
    name: "Access",
    keys: "g a",
    icon: KeyRound,
    kinds: ["TrafficTarget", "HTTPRouteGroup", "TCPRoute"],
  },
  { path: "/security", name: "Security", keys: "g c", icon: ShieldCheck, kinds: [] },
  { path: "/boards", name: "Metrics", keys: "g m", icon: ChartLine, kinds: [] },
  { path: "/namespaces", name: "Namespaces", keys: "g n", icon: Boxes, kinds: [] },
  { path: "/proxies", name: "Proxies", keys: "g x", icon: Router, kinds: [] },
  { path: "/changes", name: "Changes", keys: "g h", icon: History, kinds: [] },
  { path: "/settings", name: "Settings", keys: "g ,", icon: Settings, kinds: [] },
];
