/** The kinds of SMI, as they stand in a path. */
export const SMI_PLURALS = ["trafficsplits", "traffictargets", "httproutegroups", "tcproutes"] as const;
export type SmiPlural = (typeof SMI_PLURALS)[number];
