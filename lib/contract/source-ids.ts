/** Where the dashboard's data comes from. */
export const SOURCE_IDS = ["kubernetes", "metrics", "controller", "calls"] as const;
