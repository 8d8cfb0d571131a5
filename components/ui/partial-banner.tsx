"use client";
import type { Partial } from "@/lib/contract/topology";
import { Banner } from "./banner";
import { RelativeTime } from "./relative-time";

const WHAT: Readonly<Record<Partial["part"], string>> = {
  kubernetes: "Kubernetes does not answer",
  metrics: "Metrics are missing",
  controller: "The controller does not answer",
};

/** One line for each part of the answer that is missing or old. Draws nothing when all is there. */
export function PartialBanner({ parts }: { parts: readonly Partial[] }) {
  return (
    <>
      {parts.map((part) => (
        <Banner key={part.part} status="degraded">
          <span className="font-medium">{part.reason === "forbidden" ? "Not all is shown" : WHAT[part.part]}.</span>{" "}
          {part.message} {part.hint}
          {part.lastGoodAt !== null && (
            <span className="text-ink-2">
              {" "}
              Last good answer <RelativeTime at={part.lastGoodAt} />.
            </span>
          )}
        </Banner>
      ))}
    </>
  );
}
