/** What local mode can be told on its command line. */
import { Command, CommanderError } from "commander";
import { z } from "zod";
import { AppError } from "@/lib/contract/errors";

const schema = z.object({
  port: z.coerce
    .number("use a number")
    .int("use a whole number")
    .min(1, "use 1 to 65535")
    .max(65_535, "use 1 to 65535"),
  host: z
    .string()
    .regex(/^(localhost|127(\.\d{1,3}){3}|::1)$/, "local mode is for this machine, so give a loopback address"),
  dataDir: z.string().min(1, "give a folder"),
  demo: z.enum(["bookstore", "none"], "use bookstore or none"),
  file: z.array(z.string().min(1, "give a file")),
  metrics: z.enum(["auto", "embedded", "prometheus"], "use auto, embedded or prometheus"),
  login: z.enum(["none", "token"], "use none or token"),
  json: z.boolean(),
  context: z.string().min(1, "give the name of a context").optional(),
  kubeconfig: z.string().min(1, "give a file").optional(),
  namespaces: z
    .string()
    .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, "give names separated by commas, as in a,b")
    .optional(),
  prometheus: z.url({ protocol: /^https?$/, error: "give an http or https URL" }).optional(),
});

export type LocalOptions = z.infer<typeof schema>;

/** Options from the command line, or the text to print when `--help` asks for it. Throws `invalid_request` for a bad flag. */
export function readOptions(args: readonly string[]): LocalOptions | { readonly help: string } {
  const command = describeFlags();
  try {
    command.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return { help: command.helpInformation() };
    throw refuse(`${error.message.replace(/^error: /, "").replace(/\s+/g, " ")}.`);
  }
  const values = command.opts();
  const parsed = schema.safeParse(values);
  if (parsed.success) return checked(parsed.data, command);
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw refuse(`--${flag} is "${String(values[name] ?? "")}": ${issue?.message}.`);
}

/** Flags of local mode say nothing about a cluster that is there, and the other way round. */
function checked(options: LocalOptions, command: Command): LocalOptions {
  const given = (flag: string) => command.getOptionValueSource(flag) === "cli";
  if (attaches(options)) {
    const [other] = (["demo", "file", "metrics", "dataDir", "login"] as const).filter(given);
    if (other === undefined) return options;
    const flag = other === "dataDir" ? "data-dir" : other;
    throw refuse(
      `--${flag} is for a mesh on this machine, and --context shows a cluster that is there: leave one out.`,
    );
  }
  const alone = (flag: string, what: string) =>
    refuse(`--${flag} says where a cluster's ${what}: give --context or --kubeconfig with it.`);
  if (options.prometheus !== undefined) throw alone("prometheus", "figures are");
  if (options.namespaces !== undefined) throw alone("namespaces", "objects may be seen");
  return options;
}

/** Whether a cluster that is there is to be shown. */
export function attaches(options: Pick<LocalOptions, "context" | "kubeconfig">): boolean {
  return options.context !== undefined || options.kubeconfig !== undefined;
}

function describeFlags(): Command {
  return new Command("npm start --")
    .description("Meshdeck on this machine: a small cluster, the controller, the dashboard and real Envoy sidecars.")
    .option("--port <number>", "port of the dashboard", "8080")
    .option("--host <address>", "loopback address of the dashboard", "127.0.0.1")
    .option("--data-dir <folder>", "where everything is kept between starts", ".meshdeck")
    .option("--demo <name>", "bookstore or none", "bookstore")
    .option("-f, --file <file...>", "Kubernetes manifests to apply (files or folders of YAML)", [])
    .option("--metrics <kind>", "auto (Prometheus if it is found), embedded or prometheus", "auto")
    .option(
      "--context <name>",
      "show the cluster of this context of your kubeconfig: the dashboard alone, with your rights",
    )
    .option("--kubeconfig <file>", "the kubeconfig to use for that; alone: its current context")
    .option(
      "--namespaces <names>",
      "where to look, separated by commas, when you may not list that cluster's namespaces",
    )
    .option("--prometheus <url>", "where that cluster's figures are; without it one is looked for in the cluster")
    .option("--login <kind>", "none, or token: people sign in with a Kubernetes token and see what it may", "none")
    .option("--json", "print one line of JSON when everything is ready", false)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .exitOverride();
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", message, { hint: "Run it with --help to see every flag." });
}
