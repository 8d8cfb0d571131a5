import type { ReactNode } from "react";
import { cx } from "./cx";
import { STATUS_TONE, type Status, StatusMark } from "./status-mark";
import { TONE_SOFT } from "./tone";

/** One line above a page's content: a mark, a sentence, perhaps an action at its end. */
export function Banner({ status, children, action }: { status: Status; children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="status"
      className={cx(
        "flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1 text-sm",
        TONE_SOFT[STATUS_TONE[status]],
      )}
    >
      <StatusMark status={status} />
      {/* Where there is no room for both, the action goes under the sentence. */}
      <div className="min-w-0 flex-1 basis-56">{children}</div>
      {action && <div className="ml-auto flex shrink-0 items-center">{action}</div>}
    </div>
  );
}
