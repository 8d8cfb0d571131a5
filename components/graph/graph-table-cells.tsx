import { StateWord } from "@/components/ui/state-word";
import { STATUS_TONE, type Status, StatusMark } from "@/components/ui/status-mark";
import { TONE_TEXT } from "@/components/ui/tone";

/** A state by shape, colour and word. */
export function StateCell({ status }: { status: Status }) {
  return (
    <span
      className={`flex items-center gap-1.5 ${status === "healthy" ? "text-ink-2" : TONE_TEXT[STATUS_TONE[status]]}`}
    >
      <StatusMark status={status} />
      <StateWord status={status} />
    </span>
  );
}

const ORDER: readonly Status[] = ["failing", "denied", "degraded", "healthy", "idle"];

/** The worst first. */
export function stateRank(status: Status): number {
  return ORDER.indexOf(status);
}
