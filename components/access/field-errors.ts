/** Messages by field path, whatever layout the object has: older TrafficTargets have no `spec` around their fields. */
export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

/** What is said about the field at `path` (`sources[0].name`), or about something inside it when `within`. */
export function messageAt(messages: readonly FieldMessage[], path: string, within = false): string | undefined {
  const found = messages.find(({ field }) => {
    const bare = normal(field);
    return bare === path || (within && (bare.startsWith(`${path}.`) || bare.startsWith(`${path}[`)));
  });
  return found?.message;
}

function normal(field: string): string {
  return field.replace(/^spec\./, "").replace(/\.(\d+)(?=\.|$)/g, "[$1]");
}
