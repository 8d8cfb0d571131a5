import Link from "next/link";
import { pagePath } from "@/components/services/subject-path";
import { usePageLink } from "@/components/shell/page-link";
import { StatusMark } from "@/components/ui/status-mark";
import type { Overview } from "@/lib/contract/overview";
import { headline, MOST_NAMED } from "@/lib/topology/verdict";

/** One sentence; the services it names are the way to them. */
export function VerdictLine({ overview: { verdict, services } }: { overview: Overview }) {
  const link = usePageLink();
  const { status } = verdict;
  if (status === "healthy" || status === "empty") {
    return (
      <p data-testid="verdict" className="text-lg">
        {verdict.text}
      </p>
    );
  }
  const named = services.filter((service) => service.status !== "healthy").slice(0, MOST_NAMED);
  const more = verdict.needAttention - named.length;
  return (
    <p data-testid="verdict" className="flex items-start gap-2 text-lg max-sm:text-base">
      <span className="mt-1 max-sm:mt-0.5">
        <StatusMark status={status} label={status} size={18} />
      </span>
      <span className="min-w-0">
        <Link href={link("/services")} className="font-medium hover:underline">
          {headline(verdict)}
        </Link>
        {": "}
        {named.map((service, index) => (
          <span key={service.id}>
            {index > 0 && "; "}
            <Link href={link(pagePath(service.id))} className="text-accent hover:underline">
              {service.name}
            </Link>{" "}
            {service.reasons[0]}
          </span>
        ))}
        {more > 0 && `; and ${more} more`}.
      </span>
    </p>
  );
}
