/** How a metrics store is talked to: who asks, and whom one trusts. Files are read again as they change: tokens rotate. */
import { readFileSync, statSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { AppError } from "@/lib/contract/errors";

export interface StoreAccess {
  readonly tokenFile: string | null;
  readonly basic: { readonly username: string; readonly passwordFile: string } | null;
  /** PEM: authorities that are trusted instead of the system's. */
  readonly caFile: string | null;
  /** PEM: the certificate the dashboard shows, and its key. */
  readonly client: { readonly certFile: string; readonly keyFile: string } | null;
  /** The name the store's certificate must have; null: the host of its address. */
  readonly serverName: string | null;
  /** For example X-Scope-OrgID. Values may be secret. */
  readonly headers: Readonly<Record<string, string>>;
}

export const OPEN_ACCESS: StoreAccess = {
  tokenFile: null,
  basic: null,
  caFile: null,
  client: null,
  serverName: null,
  headers: {},
};

export interface StoreDoor {
  /** Throws AppError `upstream_unavailable` when a file cannot be read. */
  headers(): Readonly<Record<string, string>>;
  /** Keeps connections; another one once a file has changed. */
  agent(url: URL): HttpAgent | HttpsAgent;
}

/** A refresh asks a handful of questions at once, and charts some more. */
const MOST_SOCKETS = 16;

export function openDoor(access: StoreAccess): StoreDoor {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const read = fileReader();
  let secure: { readonly seen: string; readonly agent: HttpsAgent } | null = null;
  return {
    headers() {
      const { tokenFile, basic, headers } = access;
      if (tokenFile !== null) return { ...headers, authorization: `Bearer ${read(tokenFile).trim()}` };
      if (basic === null) return headers;
      const pair = `${basic.username}:${read(basic.passwordFile).replace(/\r?\n$/, "")}`;
      return { ...headers, authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
    },
    agent(url) {
      if (url.protocol !== "https:") return plain;
      const { caFile, client, serverName } = access;
      const tls = {
        ...(caFile ? { ca: read(caFile) } : {}),
        ...(client ? { cert: read(client.certFile), key: read(client.keyFile) } : {}),
        ...(serverName ? { servername: serverName } : {}),
      };
      const seen = JSON.stringify(tls);
      if (secure?.seen !== seen) {
        secure?.agent.destroy();
        secure = { seen, agent: new HttpsAgent({ keepAlive: true, maxSockets: MOST_SOCKETS, ...tls }) };
      }
      return secure.agent;
    },
  };
}

/** Reads small files, each again only when it has changed. */
function fileReader(): (path: string) => string {
  const known = new Map<string, { readonly version: string; readonly text: string }>();
  return (path) => {
    try {
      // A mounted Secret is a link to a folder that is exchanged: the file behind it is another one.
      const { mtimeMs, ino, size } = statSync(path);
      const version = `${mtimeMs} ${ino} ${size}`;
      const found = known.get(path);
      if (found?.version === version) return found.text;
      const text = readFileSync(path, "utf8");
      known.set(path, { version, text });
      return text;
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
      throw new AppError(
        "upstream_unavailable",
        `The metrics store cannot be asked: ${path} cannot be read (${code}).`,
        {
          hint: "Put the file back, or correct the MESHDECK_METRICS_ variable that names it. It is tried again by itself.",
          cause,
        },
      );
    }
  };
}
