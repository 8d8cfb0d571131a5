import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/contract/errors";

/** The request's body as text. `invalid_request` when it is larger than allowed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw new AppError("invalid_request", `The request's body is larger than ${maxBytes} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
