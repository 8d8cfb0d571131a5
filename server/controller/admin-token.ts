import { readFile } from "node:fs/promises";
import { AppError } from "@/lib/contract/errors";

/** Reads the admin API's bearer token at each call, so that it can be rotated. `invalid_request` when there is none. */
export function tokenReader(path: string): () => Promise<string> {
  return async () => {
    let token: string;
    try {
      token = (await readFile(path, "utf8")).trim();
    } catch (error) {
      throw unusable(path, (error as NodeJS.ErrnoException).code ?? String(error), error);
    }
    if (token === "") throw unusable(path, "it is empty");
    return token;
  };
}

function unusable(path: string, why: string, cause?: unknown): AppError {
  return new AppError("invalid_request", `The admin API's token file ${path} cannot be used: ${why}.`, {
    hint: "Write a random token into it, or leave --admin-token-file out to go without the admin API.",
    cause,
  });
}
