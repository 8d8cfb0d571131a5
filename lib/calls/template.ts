/** The shape of a path: what stands for one thing of many is replaced, so that calls of one kind count together. */

/** Deeper paths are cut: what follows is one template. */
const MOST_SEGMENTS = 10;
const LONGEST_SEGMENT = 60;
const REST = "…";

/** In the order they are tried. A segment that is already a replacement stays one. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^[+-]?\d+([.,]\d+)*$/, "{n}"],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, "{uuid}"],
  [/^\d{4}-\d{2}-\d{2}([T_ ].*)?$/, "{date}"],
  [/^[^@/]+(@|%40)[^@/]+\.[^@/]+$/i, "{mail}"],
  // Hashes and object ids: long, hexadecimal, and not a word such as "deadbeef" alone.
  [/^(?=.*\d)[0-9a-f]{8,}$/i, "{id}"],
];

/** `/books/17/pages?x=1` gives `/books/{n}/pages`. At most 10 segments of 60 characters; the same for a template. */
export function pathTemplate(path: string): string {
  const plain = path.split(/[?#;]/, 1)[0] ?? "";
  const segments = plain.split("/");
  const kept = segments.slice(0, MOST_SEGMENTS + 1).map(segmentTemplate);
  return segments.length > kept.length ? `${kept.join("/")}/${REST}` : kept.join("/");
}

function segmentTemplate(segment: string): string {
  for (const [pattern, replacement] of KINDS) if (pattern.test(segment)) return replacement;
  if (isRandom(segment)) return "{id}";
  return segment.length > LONGEST_SEGMENT ? "{long}" : segment;
}

/** Tokens: long, with digits among the letters in more than one place. Versions and words with a number at their end are none. */
function isRandom(segment: string): boolean {
  if (segment.length < 12 || !/^[\w.~=-]+$/.test(segment)) return false;
  const changes = segment.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  return changes >= 3;
}
