/** The ways a picture can be laid out, by name: what a page needs of them, which lays out in a worker. */
export const LAYOUTS = [
  { value: "layered", label: "Layered" },
  { value: "force", label: "Force" },
  { value: "radial", label: "Radial" },
] as const;

export type LayoutName = (typeof LAYOUTS)[number]["value"];

/** Reads `?layout=`; layered when it is missing or unknown. */
export function readLayout(text: string | null): LayoutName {
  return LAYOUTS.find(({ value }) => value === text)?.value ?? "layered";
}
