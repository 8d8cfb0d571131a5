"use client";
import { useState } from "react";
import type { Partial } from "@/lib/contract/topology";
import { Banner } from "./banner";
import { Button } from "./button";
import { RelativeTime } from "./relative-time";
import { useNow } from "./use-now";

const WHAT: Readonly<Record<Partial["part"], string>> = {
  kubernetes: "Kubernetes does not answer",
  metrics: "Metrics are missing",
  controller: "The controller does not answer",
};

/** One line for each part of the answer that is missing or old. Draws nothing when all is there. */
export function PartialBanner({ parts }: { parts: readonly Partial[] }) {
  return (
    <>
      {parts.map((part) =>
        part.reason === "forbidden" ? (
          <ForbiddenBanner key="forbidden" part={part} />
        ) : (
          <AwayBanner key={part.part} part={part} />
        ),
      )}
    </>
  );
}

function AwayBanner({ part }: { part: Partial }) {
  // Before the page knows what time it is, there is no age to say.
  const hasClock = useNow() !== 0;
  return (
    <Banner status="degraded">
      <span className="font-medium">
        {part.reason === "unset" && part.part !== "metrics" ? "" : `${WHAT[part.part]}. `}
      </span>
      {part.message} {part.hint}
      {part.lastGoodAt !== null && hasClock && (
        <span className="text-ink-2">
          {" "}
          Last good answer <RelativeTime at={part.lastGoodAt} />.
        </span>
      )}
    </Banner>
  );
}

/** It stands for as long as the rights are what they are: the role to ask for is long, and is looked up once. */
function ForbiddenBanner({ part }: { part: Partial }) {
  const [open, setOpen] = useState(false);
  return (
    <Banner
      status="degraded"
      action={
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          What to ask for
        </Button>
      }
    >
      <span className="font-medium">Not all is shown.</span> {part.message}
      {open && <p className="wrap-anywhere mt-1">{part.hint}</p>}
    </Banner>
  );
}
