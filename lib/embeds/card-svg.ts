/** A service's card as SVG, without a browser. */
import { plainInk, type Theme } from "@/lib/charts/ink";
import { linePath } from "@/lib/charts/line-path";
import { quantityOf } from "@/lib/charts/quantity";
import type { ServiceCard } from "@/lib/contract/embeds";
import { formatQuantity, type Quantity } from "@/lib/format/number";
import { INKS } from "@/lib/picture/ink";
import { FONT } from "@/lib/picture/surface";
import { escaped } from "@/lib/picture/svg-surface";

interface CardSvgInput {
  readonly card: ServiceCard;
  /** When, and what is missing. */
  readonly note: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

const PAD = 16;
const FIGURES_TOP = 64;
const ROW_PX = 44;

/** A word beside each colour: read without it. */
const STATE = {
  healthy: { word: "Healthy", ink: "ok" },
  degraded: { word: "Degraded", ink: "warn" },
  failing: { word: "Failing", ink: "fail" },
  denied: { word: "All calls denied", ink: "denied" },
  idle: { word: "No calls", ink: "idle" },
} as const;

export function cardSvg({ card, note, width, height, theme }: CardSvgInput): string {
  const ink = INKS[theme];
  const [namespace = "", name = ""] = card.service.split("/");
  const state = card.known ? STATE[card.status] : { word: "There is no such service now", ink: "idle" as const };
  const entries = cardFigures(card);
  const column = (width - 2 * PAD) / 3;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${FONT}" font-size="12">`,
    `<title>${escaped(`${card.service}: ${state.word}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ink.surface}"/>`,
    `<text x="${PAD}" y="28" font-size="16" font-weight="500" fill="${ink.ink}">${escaped(name)} <tspan font-size="12" font-weight="400" fill="${ink["ink-3"]}">${escaped(namespace)}</tspan></text>`,
    `<text x="${PAD}" y="48" font-weight="500" fill="${ink[state.ink]}">${escaped(state.word)}</text>`,
    ...entries.map(({ label, quantity }, index) => {
      const x = Math.round(PAD + (index % 3) * column);
      const y = FIGURES_TOP + Math.floor(index / 3) * ROW_PX;
      return `<text x="${x}" y="${y + 12}" fill="${ink["ink-3"]}">${label}</text><text x="${x}" y="${y + 30}" font-size="16" fill="${ink.ink}">${escaped(formatQuantity(quantity))}</text>`;
    }),
    ...course(card, { width, height, theme }),
    `<text x="${PAD}" y="${height - 10}" fill="${ink["ink-3"]}">${escaped(note)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}

/** What a card says, in its order. */
export function cardFigures(card: ServiceCard): readonly { readonly label: string; readonly quantity: Quantity }[] {
  const pods = card.pods ? `${card.pods.ready} of ${card.pods.total}` : "–";
  return [
    { label: "Calls", quantity: quantityOf("per-second", card.requestsPerSecond) },
    { label: "Failing", quantity: quantityOf("ratio", card.errorRatio) },
    { label: "Denied", quantity: quantityOf("per-second", card.deniedPerSecond) },
    { label: "p99", quantity: quantityOf("ms", card.p99Ms) },
    { label: "Encrypted", quantity: quantityOf("ratio", card.mtlsRatio) },
    { label: "Pods ready", quantity: { value: pods, unit: "" } },
  ];
}

export function stateWord(card: ServiceCard): string {
  return card.known ? STATE[card.status].word : "There is no such service now";
}

/** Requests of the last 15 minutes in what room is left; none when there is too little. */
function course(
  { course: values }: ServiceCard,
  { width, height, theme }: Omit<CardSvgInput, "card" | "note">,
): string[] {
  const top = FIGURES_TOP + 2 * ROW_PX + 4;
  const room = height - top - 28;
  if (room < 16 || values.every((value) => value === null)) return [];
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const path = linePath(values, { width: width - 2 * PAD, height: room - 2, top: most });
  return [
    `<g transform="translate(${PAD} ${top})" fill="none"><path d="M0 ${room}H${width - 2 * PAD}" stroke="${INKS[theme].line}"/><path d="${path}" stroke="${plainInk("var(--color-s1)", theme)}" stroke-width="1.5" stroke-linejoin="round"/></g>`,
  ];
}
