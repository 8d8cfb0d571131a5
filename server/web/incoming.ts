/** What is done to every request this process gets, before Next sees it. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromThisMachine, markArrival } from "./arrival";
import { typeAsText } from "./compressible";

/** From now on. */
export function prepareIncoming(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    markArrival(request);
    // Over loopback answers go out as they are: there that is quicker.
    if (!isFromThisMachine(request.socket)) typeAsText(response);
  });
}
