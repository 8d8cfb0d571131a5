// One for all: making it costs more than many comparisons.
const NAME_ORDER = new Intl.Collator("en", { numeric: true });

/** The order in which names are listed: numbers within them count as numbers, so `svc-2` comes before `svc-10`. */
export function compareNames(a: string, b: string): number {
  return NAME_ORDER.compare(a, b);
}
