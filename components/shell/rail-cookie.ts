/** `collapsed` or `open`. A cookie, so that the server renders the rail as it was and nothing moves. */
export const RAIL_COOKIE = "meshdeck-rail";
