"use client";
import { Banner } from "./banner";
import { Button } from "./button";
import { RelativeTime } from "./relative-time";

interface StaleBannerProps {
  /** Unix milliseconds the figures on the page are for. */
  at: number;
  /** Why nothing newer came. */
  message: string;
  hint?: string | undefined;
  onRetry?: () => void;
}

/** The page shows the last good answer, and says how old it is. */
export function StaleBanner({ at, message, hint, onRetry }: StaleBannerProps) {
  return (
    <Banner
      status="degraded"
      action={
        onRetry && (
          <Button size="sm" variant="quiet" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      Figures are from <RelativeTime at={at} />. {message} {hint}
    </Banner>
  );
}
