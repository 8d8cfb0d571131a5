/**
 * Answers that Next's own compression takes. Next hands the content type of a route handler over as a list of one, which its
 * compression takes for no type, so JSON of megabytes went out as it is.
 */
import type { ServerResponse } from "node:http";

/** Content-Type is one text on this response, however it is given. */
export function typeAsText(response: Pick<ServerResponse, "setHeader">): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const [only] = Array.isArray(value) && value.length === 1 ? value : [];
    return setHeader(name, name.toLowerCase() === "content-type" && only !== undefined ? only : value);
  };
}
