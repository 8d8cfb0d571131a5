/**
 * Answers that Next's own compression takes. Next hands the content type of a route handler over as a list of one, which its
 * compression takes for no type, so JSON of megabytes went out as it is. Over loopback it still does: there it is quicker.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromThisMachine } from "./arrival";

/** From now on answers of this process to others on the network may be compressed. */
export function compressForTheNetwork(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (!isFromThisMachine(request.socket)) typeAsText(response);
  });
}

/** Content-Type is one text on this response, however it is given. */
export function typeAsText(response: Pick<ServerResponse, "setHeader">): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => {
    const [only] = Array.isArray(value) && value.length === 1 ? value : [];
    return setHeader(name, name.toLowerCase() === "content-type" && only !== undefined ? only : value);
  };
}
