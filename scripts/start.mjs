// `npm start`: everything a fresh clone needs, then local mode in this terminal.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, setup } from "./setup.mjs";

setup();
const child = spawn(
  process.execPath,
  ["--enable-source-maps", join(root, "dist", "local.js"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
    // Should this process be killed hard, local mode sees that it is gone and ends too.
    env: { ...process.env, MESHDECK_PARENT_PID: String(process.pid) },
  },
);
// Ctrl-C reaches the child by the terminal; a signal sent to this process alone is handed on. Either way we leave with it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (!process.stdin.isTTY || signal !== "SIGINT") child.kill(signal);
  });
}
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
