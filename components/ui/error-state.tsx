import { Button } from "./button";
import { StatusMark } from "./status-mark";

interface ErrorStateProps {
  /** What happened, to what: "The topology could not be read". */
  title: string;
  /** Why, as a sentence. */
  message: string;
  /** What to do. */
  hint?: string | undefined;
  onRetry?: () => void;
}

/** Instead of a page's content when there is nothing to show at all. With old content at hand use StaleBanner. */
export function ErrorState({ title, message, hint, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-start gap-2 px-6 py-16">
      <h2 className="flex items-center gap-2 font-medium text-md">
        <StatusMark status="failing" size={16} />
        {title}
      </h2>
      <p className="wrap-anywhere text-ink-2 text-sm">{message}</p>
      {hint && <p className="wrap-anywhere text-sm">{hint}</p>}
      {onRetry && (
        <Button onClick={onRetry} className="mt-2">
          Try again
        </Button>
      )}
    </div>
  );
}
