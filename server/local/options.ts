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
    .regex(/^(localhost|127(\.\d{1,3}){3}|::1)$/, "the dashboard has no login here, so give a loopback address"),
  dataDir: z.string().min(1, "give a folder"),
  demo: z.enum(["bookstore", "none"], "use bookstore or none"),
  file: z.array(z.string().min(1, "give a file")),
  metrics: z.enum(["auto", "embedded", "prometheus"], "use auto, embedded or prometheus"),
  json: z.boolean(),
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
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw refuse(`--${flag} is "${String(values[name] ?? "")}": ${issue?.message}.`);
}

function describeFlags(): Command {
  return new Command("npm start --")
    .description("Meshdeck on this machine: a small cluster, the controller, the dashboard and real Envoy sidecars.")
    .option("--port <number>", "port of the dashboard", "8080")
    .option("--host <address>", "loopback address of the dashboard, which has no login here", "127.0.0.1")
    .option("--data-dir <folder>", "where everything is kept between starts", ".meshdeck")
    .option("--demo <name>", "bookstore or none", "bookstore")
    .option("-f, --file <file...>", "Kubernetes manifests to apply (files or folders of YAML)", [])
    .option("--metrics <kind>", "auto (Prometheus if it is found), embedded or prometheus", "auto")
    .option("--json", "print one line of JSON when everything is ready", false)
    .allowExcessArguments(false)
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .exitOverride();
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", message, { hint: "Run it with --help to see every flag." });
}
