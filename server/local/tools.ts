/** What every part of local mode is started and watched with. */
import { join } from "node:path";
import type { DataFolder } from "./data-folder";
import { startGuard } from "./supervisor/guard";
import { LogFile } from "./supervisor/log-file";
import { createStartProcess, type StartProcess } from "./supervisor/process";
import { createStatusBoard, type StatusBoard } from "./supervisor/status-board";
import type { Teardown } from "./teardown";

/** What children get of our own environment. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "LC_ALL",
  "TZ",
  "TMPDIR",
  "MESHDECK_LOG_LEVEL",
  "MESHDECK_ALLOWED_HOSTS",
];

export interface Tools {
  readonly start: StartProcess;
  readonly board: StatusBoard;
  readonly childEnv: Readonly<Record<string, string>>;
  readonly logTo: (name: string) => (line: string) => void;
}

/** Opens what starts, logs and reports children. `root` is the folder of package.json. */
export function openTools(
  data: DataFolder,
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  teardown: Teardown,
): Tools {
  const passed = PASSED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  const childEnv: Record<string, string> = {
    ...Object.fromEntries(passed),
    MESHDECK_DATA_DIR: data.path,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const guard = startGuard(join(root, "dist", "guardian.js"), childEnv);
  teardown.add("guardian", guard.close);
  const board = createStatusBoard(data.at("status.json"), () => {});
  teardown.add("status", board.flush);
  const logTo = (name: string) => {
    const file = new LogFile(data.at("logs", `${name}.log`));
    teardown.add(`${name}.log`, () => file.close());
    return (line: string) => file.append(line);
  };
  return { start: createStartProcess(guard), board, childEnv, logTo };
}

/** Local mode's own log: JSON lines in the data folder, so that the terminal shows sentences only. */
export function localLog(data: DataFolder, teardown: Teardown) {
  const file = new LogFile(data.at("logs", "local.log"));
  teardown.add("local.log", () => file.close());
  const write = (level: string) => (fields: object, message: string) =>
    file.append(JSON.stringify({ level, ...fields, msg: message }));
  return { info: write("info"), warn: write("warn") };
}

export type LocalLog = ReturnType<typeof localLog>;
