import { Figure } from "@/components/ui/figure";
import { NoCalls } from "@/components/ui/measured";
import { type Status, StatusMark } from "@/components/ui/status-mark";
import { TONE_SOFT } from "@/components/ui/tone";
import type { SecurityFlow } from "@/lib/contract/security";
import { percentQuantity, rateQuantity } from "@/lib/format/number";

interface FlowMatrixProps {
  readonly flows: readonly SecurityFlow[];
  /** Shows the edges between two namespaces. */
  readonly onOpen: (flow: SecurityFlow) => void;
}

/** How much of what one namespace calls of another is encrypted: callers down, called across. */
export function FlowMatrix({ flows, onOpen }: FlowMatrixProps) {
  const sources = [...new Set(flows.map(({ source }) => source))].sort();
  const targets = [...new Set(flows.map(({ target }) => target))].sort();
  const cells = new Map(flows.map((flow) => [`${flow.source}>${flow.target}`, flow]));
  if (flows.length === 0) return <NoCalls />;
  return (
    <section
      className="scroll-thin max-h-96 overflow-auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Encrypted share by namespace"
    >
      <table className="border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-3 bg-surface px-3 py-1 text-left font-medium text-ink-3 text-xs"
            >
              From, to
            </th>
            {targets.map((target) => (
              <th
                key={target}
                scope="col"
                className="sticky top-0 z-2 bg-surface px-2 py-1 text-left font-medium text-ink-3 text-xs"
              >
                {target}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source}>
              <th scope="row" className="sticky left-0 z-1 max-w-40 truncate bg-surface px-3 text-left font-normal">
                {source}
              </th>
              {targets.map((target) => {
                const flow = cells.get(`${source}>${target}`);
                return (
                  <td key={target} className="p-0.5">
                    {flow && <FlowCell flow={flow} onOpen={onOpen} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FlowCell({ flow, onOpen }: { flow: SecurityFlow; onOpen: FlowMatrixProps["onOpen"] }) {
  const { source, target, encryptedShare, requestsPerSecond, deniedPerSecond, edges } = flow;
  const status = statusOf(flow);
  const share = encryptedShare === null ? "no connection yet" : `${percentQuantity(encryptedShare).value} % encrypted`;
  return (
    <button
      type="button"
      onClick={() => onOpen(flow)}
      title={`${source} to ${target}: ${share}, ${rateQuantity(requestsPerSecond).value}/s on ${edges} ${edges === 1 ? "edge" : "edges"}`}
      aria-label={`${source} to ${target}: ${share}${deniedPerSecond > 0 ? ", some calls denied" : ""}. Show its calls`}
      className={`flex h-8 w-full min-w-24 items-center gap-1.5 rounded-sm px-2 text-left hover:outline hover:outline-line-strong ${TONE_SOFT[status === "encrypted" ? "secure" : status === "plaintext" ? "warn" : "neutral"]}`}
    >
      <StatusMark status={status} />
      <Figure quantity={percentQuantity(encryptedShare)} />
      {deniedPerSecond > 0 && <StatusMark status="denied" />}
    </button>
  );
}

function statusOf({ encryptedShare, plaintextEdges }: SecurityFlow): Status {
  if (plaintextEdges > 0) return "plaintext";
  return encryptedShare === null ? "idle" : "encrypted";
}
