/** Keys as they are pressed, one cap each: `g s`, `Esc`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(" ").map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: a shortcut is fixed, and may repeat a key (g g)
          key={`${key}${index}`}
          className="min-w-4.5 rounded-sm border border-line bg-raised px-1 text-center font-sans text-ink-3 text-xs leading-4"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
