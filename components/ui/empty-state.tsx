import type { ReactNode } from "react";
import { CopyText } from "./copy-text";

interface EmptyStateProps {
  /** What would be here: "No TrafficSplit yet". */
  title: string;
  /** One or two sentences that teach. */
  children: ReactNode;
  /** The one command that brings it. */
  command?: string;
  /** A button, when the page itself can bring it. */
  action?: ReactNode;
}

/** An empty page teaches: what would be here, and what brings it. */
export function EmptyState({ title, children, command, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-start gap-3 px-6 py-16">
      <h2 className="font-medium text-md">{title}</h2>
      <div className="text-ink-2 text-sm">{children}</div>
      {command && <CopyText text={command} label="Copy the command" />}
      {action}
    </div>
  );
}
