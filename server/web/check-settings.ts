/** Before the dashboard serves: its environment must be one it can work with. */
import { writeSync } from "node:fs";
import { AppError } from "@/lib/contract/errors";
import { loginSecret } from "./login/secret";
import { readSettings } from "./settings";

/** Ends the process with one sentence when a variable cannot be used. */
export function checkSettings(env: Readonly<Record<string, string | undefined>>): void {
  try {
    loginSecret(readSettings(env).login);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Written at once: the process does not live to flush anything.
    writeSync(2, `meshdeck: ${error.message} ${error.hint ?? ""}\n`);
    process.exit(1);
  }
}
