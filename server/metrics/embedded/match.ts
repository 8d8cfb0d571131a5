/** Label matchers, evaluated. */
import type { Labels, Matcher } from "@/lib/metrics/query";

/** Whether all matchers hold. A label that is not there is an empty one. Throws SyntaxError for a bad pattern. */
export function matches(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ label: matcher.label, test: valueTest(matcher) }));
  return (labels) => tests.every(({ label, test }) => test(labels[label] ?? ""));
}

function valueTest({ op, value }: Matcher): (text: string) => boolean {
  if (op === "=") return (text) => text === value;
  if (op === "!=") return (text) => text !== value;
  const pattern = new RegExp(`^(?:${value})$`, "s");
  // Few values, many series.
  const known = new Map<string, boolean>();
  const wanted = op === "=~";
  return (text) => {
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    const result = pattern.test(text) === wanted;
    known.set(text, result);
    return result;
  };
}
