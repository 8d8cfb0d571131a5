import { useUrlSort } from "@/components/shell/url-sort";
import { StatusMark } from "@/components/ui/status-mark";
import { type Column, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { CoverageFinding } from "@/lib/contract/coverage";
import { formatDuration } from "@/lib/time/duration";
import { AccessLink } from "./access-link";

/** "" stands for all of them. */
export const FINDING_KINDS = [
  { value: "", label: "Every finding" },
  { value: "nobody-may-call", label: "Nobody may call" },
  { value: "everybody-may-call", label: "Everybody may call" },
  { value: "unused-rule", label: "Unused rule" },
  { value: "unused-source", label: "Caller that does not call" },
  { value: "broad-methods", label: "More methods than seen" },
  { value: "broad-path", label: "Any path" },
] as const satisfies readonly { value: CoverageFinding["kind"] | ""; label: string }[];

/** A sample that may have missed more than this says little. */
const WEAK_SHARE = 0.1;

const RANK = FINDING_KINDS.map(({ value }) => value as string);

interface Row {
  readonly finding: CoverageFinding;
  /** Unix milliseconds. */
  readonly at: number;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "subject",
    header: "About",
    cell: ({ finding }) => <span title={finding.subject}>{finding.subject}</span>,
    sortBy: ({ finding }) => finding.subject,
  },
  {
    id: "kind",
    header: "Finding",
    cell: ({ finding }) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusMark status={finding.kind === "everybody-may-call" ? "plaintext" : "idle"} />
        {FINDING_KINDS.find(({ value }) => value === finding.kind)?.label}
      </span>
    ),
    sortBy: ({ finding }) => RANK.indexOf(finding.kind),
  },
  {
    id: "what",
    header: "What was found, and what to do",
    cell: ({ finding }) => (
      <span className="block min-w-72 max-w-2xl whitespace-normal py-1.5 leading-snug">
        {finding.sentence} <span className="text-ink-2">{finding.remedy}</span>
      </span>
    ),
  },
  {
    id: "sure",
    header: "Rests on",
    cell: (row) => <Evidence row={row} />,
    sortBy: ({ finding }) => finding.sample?.unseenAtMost ?? 0,
  },
  {
    id: "act",
    header: "Action",
    cell: ({ finding: { draft } }) => (
      <AccessLink query={draft ?? ""}>
        {draft === null ? "Open Access" : draft.includes("narrow=") ? "Draft the change" : "Open the policy"}
      </AccessLink>
    ),
  },
];

/** One row for each finding. `at`: when it was read, unix milliseconds. */
export function CoverageTable({ findings, at }: { findings: readonly CoverageFinding[]; at: number }) {
  const sorting = useUrlSort({ column: "kind", descending: false });
  return (
    <Table
      label="What policy leaves open or unused"
      columns={COLUMNS}
      rows={findings.map((finding) => ({ finding, at }))}
      rowKey={({ finding }) => finding.id}
      {...sorting}
      empty={
        <p className="px-3 py-4 text-ink-3 text-sm">
          Nothing to tighten here: every rule in force was used, and none is wider than the calls that were seen.
        </p>
      }
    />
  );
}

function Evidence({ row: { finding, at } }: { row: Row }) {
  const { confidence, sample, since } = finding;
  const window = since === null ? null : formatDuration(Math.max(0, at - since) / 1000);
  if (confidence === "model") return <span className="text-ink-2">policy alone</span>;
  if (sample === null) return <span className="text-ink-2">every call of the last {window}</span>;
  const weak = sample.unseenAtMost > WEAK_SHARE;
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2">
      {weak && <Tag tone="warn">few calls</Tag>} {sample.calls} sampled in {window}
    </span>
  );
}
