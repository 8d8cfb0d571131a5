import type { Server } from "node:net";
import { AppError } from "@/lib/contract/errors";

/** Starts listening; 0 picks a free port. Returns the port. A port in use or an address that is not ours is an AppError. */
export function listen(server: Server, at: { host: string; port: number; what: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explain(error, at));
    server.once("error", failed);
    server.listen(at.port, at.host, () => {
      server.off("error", failed);
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : at.port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, at: { host: string; port: number; what: string }): AppError {
  const place = `${at.host}:${at.port}`;
  const reasons: Record<string, [string, string]> = {
    EADDRINUSE: [
      `The ${at.what} cannot listen on ${place}: the port is in use.`,
      "Stop what uses it or choose another.",
    ],
    EADDRNOTAVAIL: [
      `The ${at.what} cannot listen on ${place}: this machine has no such address.`,
      "Give one of its own.",
    ],
    EACCES: [`The ${at.what} may not listen on ${place}.`, "Choose a port above 1023."],
  };
  const [message, hint] = reasons[error.code ?? ""] ?? [
    `The ${at.what} cannot listen on ${place}: ${error.message}.`,
    "Give another address or port.",
  ];
  return new AppError("invalid_request", message, { hint, cause: error });
}
