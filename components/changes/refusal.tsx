import type { ApiError } from "@/components/data/api-error";
import { StatusMark } from "@/components/ui/status-mark";

/** Why a change was not written: the sentence, each field it names, and what to do. */
export function Refusal({ error }: { error: ApiError }) {
  return (
    <div role="alert" className="flex items-start gap-2 text-sm">
      <span className="mt-0.5">
        <StatusMark status="failing" />
      </span>
      <div className="min-w-0">
        <p className="wrap-anywhere">{error.message}</p>
        {error.fields.length > 0 && (
          <ul className="mt-1 flex flex-col gap-0.5">
            {error.fields.map((field) => (
              <li key={`${field.field} ${field.message}`} className="wrap-anywhere">
                <code className="font-mono text-xs">{field.field}</code> {field.message}
              </li>
            ))}
          </ul>
        )}
        {error.hint && <p className="wrap-anywhere text-ink-2">{error.hint}</p>}
      </div>
    </div>
  );
}
