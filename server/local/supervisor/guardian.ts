/**
 * A tiny program that outlives local mode by a moment: it is told which process groups local mode started (`+pid`, `-pid`
 * on standard input), and when that pipe closes, by a clean end or by SIGKILL, it ends those that are left.
 * Envoy and Prometheus cannot watch their parent; this does it for every child alike.
 */
const GRACE_MS = 1_500;
const groups = new Set<number>();
let rest = "";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const pid = Number(line.slice(1));
    if (!Number.isInteger(pid) || pid < 2) continue;
    if (line.startsWith("+")) groups.add(pid);
    else groups.delete(pid);
  }
});
process.stdin.on("end", endAll);
process.stdin.on("error", endAll);

function endAll(): void {
  if (groups.size === 0) process.exit(0);
  signalAll("SIGTERM");
  const deadline = Date.now() + GRACE_MS;
  const timer = setInterval(() => {
    const left = [...groups].filter((group) => signalGroup(group, 0));
    if (left.length > 0 && Date.now() < deadline) return;
    clearInterval(timer);
    signalAll("SIGKILL");
    process.exit(0);
  }, 50);
}

function signalAll(signal: NodeJS.Signals): void {
  for (const group of groups) signalGroup(group, signal);
}

/** Whether the group still exists. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
