import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import type { Security } from "@/lib/contract/security";
import { percentQuantity } from "@/lib/format/number";

/** The page in one line of figures. */
export function SecuritySummary({ security }: { security: Security }) {
  const { encryptedShare, root, plaintext, withoutSidecar, certificates } = security;
  const pods = withoutSidecar.reduce((sum, one) => sum + one.pods, 0);
  const [next] = certificates;
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-10 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3">
      <div>
        <dt className="text-ink-3 text-xs">Calls encrypted</dt>
        <dd className="flex items-center gap-2 text-lg">
          {encryptedShare !== null && (
            <StatusMark status={encryptedShare === 1 ? "encrypted" : "plaintext"} size={16} />
          )}
          <Figure quantity={percentQuantity(encryptedShare)} />
        </dd>
      </div>
      <div>
        <dt className="text-ink-3 text-xs">Plaintext places</dt>
        <dd className="text-lg">
          <Figure quantity={{ value: String(plaintext.length), unit: "" }} />
        </dd>
      </div>
      <div>
        <dt className="text-ink-3 text-xs">Pods without a sidecar</dt>
        <dd className="text-lg">{pods}</dd>
      </div>
      <div>
        <dt className="text-ink-3 text-xs">Next certificate ends</dt>
        <dd className="text-lg">{next ? <RelativeTime at={next.notAfter} /> : "–"}</dd>
      </div>
      <div className="min-w-0">
        <dt className="text-ink-3 text-xs">Root certificate</dt>
        <dd className="min-w-0 text-sm leading-7">
          {root ? (
            <>
              <span className="truncate">{root.subject}</span>
              <span className="text-ink-3">
                {" "}
                by {root.provider}, ends <RelativeTime at={root.notAfter} />
              </span>
            </>
          ) : (
            "–"
          )}
        </dd>
      </div>
    </dl>
  );
}
