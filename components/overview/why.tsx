import { useMeasured } from "@/components/ui/measured";

interface WhyProps {
  reasons: readonly string[];
}

/** What is wrong, in words; quiet when nothing is. */
export function Why({ reasons }: WhyProps) {
  const measured = useMeasured();
  const text = reasons.join("; ");
  return (
    <span className="block max-w-80 truncate text-ink-2" title={text}>
      {text || <span className="text-ink-3">{measured ? "well" : "not measured"}</span>}
    </span>
  );
}
