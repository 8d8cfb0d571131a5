/** What a search can ask about. */

export type FigureName = "rate" | "errors" | "denied" | "p50" | "p95" | "p99";
export type TextName = "name" | "namespace" | "version" | "kind" | "identity" | "protocol" | "split" | "from" | "to";
export type ChoiceName = "mtls";
/** Said alone, without a relation. */
export type FlagName = "idle" | "problem" | "allowed" | "denied" | "errors" | "split" | "mtls";

export type Relation = "=" | "!=" | "~" | ">" | ">=" | "<" | "<=";

interface FieldBase {
  /** Other words for it. */
  readonly aliases: readonly string[];
  /** What it is, for help and suggestions. */
  readonly about: string;
  /** Only nodes have it; of an edge it is asked of both ends. */
  readonly ofNodes: boolean;
}

export interface FigureField extends FieldBase {
  readonly sort: "figure";
  readonly name: FigureName;
  /** Factors to the unit figures are compared in; the first is that unit. */
  readonly units: Readonly<Record<string, number>>;
  readonly example: string;
}

export interface TextField extends FieldBase {
  readonly sort: "text";
  readonly name: TextName;
}

export interface ChoiceField extends FieldBase {
  readonly sort: "choice";
  readonly name: ChoiceName;
  readonly values: readonly string[];
}

export type Field = FigureField | TextField | ChoiceField;

const PER_SECOND = { "/s": 1, "": 1, "/min": 1 / 60 };
const MILLISECONDS = { ms: 1, "": 1, s: 1000, us: 0.001 };

function latency(name: "p50" | "p95" | "p99", aliases: readonly string[], share: string): FigureField {
  return {
    sort: "figure",
    name,
    aliases,
    about: `latency, ${share} of requests are faster`,
    ofNodes: false,
    units: MILLISECONDS,
    example: `${name} > 250ms`,
  };
}

function text(name: TextName, about: string, more: Partial<Pick<TextField, "aliases" | "ofNodes">> = {}): TextField {
  return { sort: "text", name, about, aliases: [], ofNodes: true, ...more };
}

export const FIELDS: readonly Field[] = [
  text("name", "name of a service or workload"),
  text("namespace", "namespace", { aliases: ["ns"] }),
  {
    sort: "figure",
    name: "rate",
    aliases: [],
    about: "requests or connections a second",
    ofNodes: false,
    units: PER_SECOND,
    example: "rate < 0.5",
  },
  {
    sort: "figure",
    name: "errors",
    aliases: ["error"],
    about: "share of requests that fail",
    ofNodes: false,
    units: { "%": 1, "": 1 },
    example: "errors > 1%",
  },
  {
    sort: "figure",
    name: "denied",
    aliases: [],
    about: "calls refused by policy a second",
    ofNodes: false,
    units: PER_SECOND,
    example: "denied > 1",
  },
  latency("p50", [], "half"),
  latency("p95", ["latency"], "95 %"),
  latency("p99", [], "99 %"),
  {
    sort: "choice",
    name: "mtls",
    aliases: ["encrypted"],
    about: "connections by mutual TLS: yes all, no not all, partly some",
    ofNodes: false,
    values: ["yes", "no", "partly"],
  },
  text("from", "name of the caller", { ofNodes: false, aliases: ["source"] }),
  text("to", "name of the callee", { ofNodes: false, aliases: ["target"] }),
  text("protocol", "http, grpc or tcp", { ofNodes: false }),
  text("version", "version label of a workload"),
  text("kind", "service, deployment, statefulset, external"),
  text("identity", "ServiceAccount, namespace/name", { aliases: ["account", "sa"] }),
  text("split", "service that a TrafficSplit divides", { ofNodes: false }),
];

/** Words that say something alone. */
export const FLAGS: Readonly<Record<FlagName, string>> = {
  denied: "calls are refused by policy",
  errors: "calls fail",
  idle: "no calls",
  allowed: "policy allows calls",
  problem: "an object has a problem",
  mtls: "all connections by mutual TLS",
  split: "part of a TrafficSplit",
};

export function fieldNamed(word: string): Field | null {
  const name = word.toLowerCase();
  return FIELDS.find((field) => field.name === name || field.aliases.includes(name)) ?? null;
}

export function flagNamed(word: string): FlagName | null {
  const name = fieldNamed(word)?.name ?? word.toLowerCase();
  return Object.hasOwn(FLAGS, name) ? (name as FlagName) : null;
}

/** Relations a field can stand in. */
export function relationsOf(field: Field): readonly Relation[] {
  if (field.sort === "figure") return [">", ">=", "<", "<=", "=", "!="];
  return field.sort === "text" ? ["=", "!=", "~"] : ["=", "!="];
}
