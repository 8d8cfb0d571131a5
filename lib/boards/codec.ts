/** A board as a short text for a URL or the browser's storage, and back. */
import { type Board, BoardSchema, type Panel, type PanelSource } from "./panel";

const VERSION = 1;
/** Longer than any board can be; a URL that long is no board. */
const MOST_CHARACTERS = 16_000;

/** Letters, digits, `-` and `_`. */
export function encodeBoard(board: Board): string {
  const text = JSON.stringify([VERSION, board.title, board.panels.map(packPanel)]);
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** null for what is no board, of another version, or has panels that cannot be. */
export function decodeBoard(text: string): Board | null {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    const [version, title, panels] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown[];
    if (version !== VERSION || !Array.isArray(panels)) return null;
    const result = BoardSchema.safeParse({ title, panels: panels.map(unpackPanel) });
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** [title, kind, x, y, w, h, source, thresholds], the last only when there are some. */
function packPanel({ title, kind, place: { x, y, w, h }, source, thresholds }: Panel): unknown[] {
  const packed = [title, kind, x, y, w, h, packSource(source)];
  return thresholds ? [...packed, thresholds.map(({ value, label }) => [value, label])] : packed;
}

function unpackPanel(packed: unknown): unknown {
  if (!Array.isArray(packed)) return null;
  const [title, kind, x, y, w, h, source, thresholds] = packed as unknown[];
  return {
    title,
    kind,
    place: { x, y, w, h },
    source: unpackSource(source),
    ...(Array.isArray(thresholds)
      ? { thresholds: thresholds.map((each: unknown) => ({ value: part(each, 0), label: part(each, 1) })) }
      : {}),
  };
}

/** Measures: [[ids], from, to, side, by], what is missing as 0. A subject: {…its fields, parts}. */
function packSource(source: PanelSource): unknown {
  if (source.of === "subject") return { ...source.subject, parts: source.parts };
  const { measures, from, to, side, by } = source;
  return [measures, from ?? 0, to ?? 0, side ?? 0, by ?? 0];
}

function unpackSource(packed: unknown): unknown {
  if (!Array.isArray(packed)) {
    const { parts, ...subject } = { ...(packed as Record<string, unknown>) };
    return { of: "subject", subject, parts };
  }
  const [measures, ...rest] = packed as unknown[];
  const named = ["from", "to", "side", "by"].map((name, index) => [name, rest[index]] as const);
  return { of: "measures", measures, ...Object.fromEntries(named.filter(([, value]) => value !== 0)) };
}

function part(value: unknown, index: number): unknown {
  return Array.isArray(value) ? (value as unknown[])[index] : undefined;
}
