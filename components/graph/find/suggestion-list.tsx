import { cx } from "@/components/ui/cx";
import type { Suggestion } from "@/lib/topology/find/complete";

interface SuggestionListProps {
  id: string;
  suggestions: readonly Suggestion[];
  /** Index of the one the keyboard is at; -1 for none. */
  active: number;
  onTake: (suggestion: Suggestion) => void;
}

/** What could stand at the caret. The field keeps the focus; the list only shows where its keys are. */
export function SuggestionList({ id, suggestions, active, onTake }: SuggestionListProps) {
  return (
    <div id={id} role="listbox" aria-label="Suggestions" className="p-1">
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
        <div
          key={suggestion.text}
          id={`${id}${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // Before the field loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
          className={cx(
            "flex min-h-(--control-sm) cursor-pointer items-center gap-3 rounded-md px-2 hover:bg-raised",
            index === active && "bg-raised",
          )}
        >
          <code className="whitespace-nowrap font-mono text-xs">{suggestion.text}</code>
          <span className="ml-auto truncate text-ink-3 text-xs">{suggestion.about}</span>
        </div>
      ))}
    </div>
  );
}
