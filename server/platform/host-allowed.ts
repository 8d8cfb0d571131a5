const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Whether a request's Host header names this server. Stops DNS rebinding: a page of another site whose name was pointed
 * at loopback still sends its own name. Loopback names are always allowed; ports do not matter.
 */
export function hostAllowed(header: string | undefined, names: readonly string[] = []): boolean {
  const host = hostName(header);
  if (host === null) return false;
  return LOOPBACK.test(host) || names.some((name) => name.toLowerCase() === host);
}

/** The first of these names that is not loopback's, by which others come. */
export function nameOfOthers(names: readonly string[]): string | undefined {
  return names.find((name) => !LOOPBACK.test(name.toLowerCase().replace(/^\[(.*)\]$/, "$1")));
}

/** `a, b` */
export function listedNames(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function hostName(header: string | undefined): string | null {
  if (!header) return null;
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]/@\s]+))(?::\d{1,5})?$/.exec(header);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}
