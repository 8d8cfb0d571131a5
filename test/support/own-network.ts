/** A network of a test's own: a namespace with loopback and one address that is none of loopback's, and a program inside that asks. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** `unshare --net`, as scripts/components.mjs found that one can be made here. */
const UNSHARE = process.env.MESHDECK_OWN_NETWORK?.split(" ") ?? [];
export const OWN_NETWORK_CAN_BE_HAD = UNSHARE.length > 0;

/** For documentation only (RFC 5737): no machine has it. */
const ADDRESS = "192.0.2.1";

export interface Question {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface OwnNetwork {
  /** Who calls it from inside comes from it, too. */
  readonly address: string;
  /** Before a command line: starts it inside. */
  readonly inside: readonly string[];
  /** A GET from inside; the body is not waited for. Rejects when nobody answers. */
  ask(question: Question): Promise<Heard>;
  /** What was started inside is ended before. */
  stop(): Promise<void>;
}

export async function startOwnNetwork(): Promise<OwnNetwork> {
  const [unshare = "unshare", ...flags] = UNSHARE;
  const made = `ip link set lo up && ip address add ${ADDRESS}/32 dev lo && exec "$@"`;
  const asker = [process.execPath, "--import", "tsx", "test/support/own-network-asker.ts"];
  // The namespace lives as long as the asker, which ends when this process does.
  const child = spawn(unshare, [...flags, "sh", "-c", made, "sh", ...asker], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const failed = once(child, "exit").then(() => {
    throw new Error(`no network of its own: ${said}`);
  });
  failed.catch(() => undefined);
  await Promise.race([once(child, "message"), failed]);
  const user = flags.includes("--map-root-user") ? ["--user", "--preserve-credentials"] : [];
  return {
    address: ADDRESS,
    inside: ["nsenter", `--target=${child.pid}`, "--net", ...user],
    ask: (question) => Promise.race([answerTo(question, child), failed]),
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

let asked = 0;

function answerTo(question: Question, child: ChildProcess): Promise<Heard> {
  const id = asked++;
  return new Promise((resolve, reject) => {
    child.on("message", function hear(message) {
      const { to, heard, error } = message as { to: number; heard?: Heard; error?: string };
      if (to !== id) return;
      child.off("message", hear);
      if (heard) resolve(heard);
      else reject(new Error(error));
    });
    child.send({ id, question });
  });
}
