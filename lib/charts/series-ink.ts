const SERIES_COUNT = 8;

/**
 * The colour of a service, version or backend, the same on every page: from its name alone, so no page has to know the others.
 * A trailing version moves along the set, so bookstore-v1 and bookstore-v2 never share a colour. `name` may carry its
 * namespace (`bookstore/bookstore-v1`): the last part counts. Returns a CSS value.
 */
export function seriesInk(name: string): string {
  const match = /^(.*?)(?:-v?(\d{1,4}))?$/.exec(name.slice(name.lastIndexOf("/") + 1));
  const hash = fnv1a(match?.[1] ?? name);
  return `var(--color-s${((hash + Number(match?.[2] ?? 0)) % SERIES_COUNT) + 1})`;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
