import { cx } from "@/components/ui/cx";
import type { FindError } from "@/lib/topology/find/fault";

interface FindFaultProps {
  id: string;
  text: string;
  error: FindError;
  /** It is still being written. */
  quiet: boolean;
}

/** What cannot be read in a search: the search with the place marked, and the sentence. */
export function FindFault({ id, text, error, quiet }: FindFaultProps) {
  const marked = text.slice(error.from, error.to);
  return (
    <div
      id={id}
      className={cx("border-line border-b px-3 py-2 text-xs last:border-b-0", quiet ? "text-ink-3" : "text-fail")}
    >
      {!quiet && (
        <code className="wrap-anywhere mb-1 block font-mono text-ink-2">
          {text.slice(0, error.from)}
          <mark className="bg-transparent font-semibold text-fail underline decoration-wavy">
            {marked === "" ? " " : marked}
          </mark>
          {text.slice(error.to)}
        </code>
      )}
      {error.message}
    </div>
  );
}
