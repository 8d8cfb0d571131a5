/** The colour of a service, version or backend: the same on every page, and never the same for two versions of one service. */
const INKS = 8;

/** A CSS colour for a service key or name. `bookstore-v1` and `bookstore-v2` get neighbouring colours of one start. */
export function seriesInk(service: string): string {
  const match = /^(.*?)-?v(\d+)$/.exec(service.slice(service.lastIndexOf("/") + 1));
  const base = match?.[1] ?? service.slice(service.lastIndexOf("/") + 1);
  const version = Number(match?.[2] ?? 1);
  let hash = 0;
  for (const char of base) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return `var(--color-s${((hash + version - 1) % INKS) + 1})`;
}
