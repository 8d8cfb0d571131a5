import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusMark } from "@/components/ui/status-mark";
import type { Security } from "@/lib/contract/security";
import { percentQuantity } from "@/lib/format/number";

/** The page in one line of figures, and every place where a call can be read on its way. */
export function SecuritySummary({ security }: { security: Security }) {
  const { encryptedShare, root, plaintext, podsWithoutSidecar } = security;
  const places = plaintext.length + podsWithoutSidecar.length;
  return (
    <section aria-label="Summary" className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
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
          <dd className="text-lg">{places}</dd>
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
      {root && (
        <p className="wrap-anywhere font-mono text-ink-3 text-xs" title="Serial of the root certificate">
          {root.serial}
        </p>
      )}
      {places > 0 && (
        <ul className="flex flex-col gap-1 border-line border-t pt-3 text-sm">
          {plaintext.map((place) => (
            <li key={`${place.kind} ${place.id}`} className="flex items-start gap-2">
              <span className="mt-0.5">
                <StatusMark status="plaintext" label="Plaintext" />
              </span>
              <span>
                {place.id}: {place.reason} <span className="text-ink-2">{place.hint}</span>
              </span>
            </li>
          ))}
          {podsWithoutSidecar.map((pod) => (
            <li key={`${pod.namespace}/${pod.name}`} className="flex items-start gap-2">
              <span className="mt-0.5">
                <StatusMark status="plaintext" label="No sidecar" />
              </span>
              <span>
                {pod.namespace}/{pod.name}: {pod.reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
