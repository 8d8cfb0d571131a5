/** At most so many changes are answered. On its own, as pages that say it need no schemas. */
export const MOST_CHANGES = 500;
