/** The TCP backend: a small database of restocked books. One line in (`RESTOCK <count>` or `TOTAL`), one line out. */
import net from "node:net";
import { work } from "./latency";
import type { DemoSettings } from "./settings";

/** Answers one request line; `total` is what it holds before it. */
export function answerLine(line: string, total: number): { answer: string; total: number } {
  const restock = /^RESTOCK (\d{1,9})$/.exec(line.trim());
  if (restock) {
    const after = total + Number(restock[1]);
    return { answer: `OK ${after}`, total: after };
  }
  if (line.trim() === "TOTAL") return { answer: `OK ${total}`, total };
  return { answer: "ERROR say RESTOCK <count> or TOTAL", total };
}

const LONGEST_LINE = 1024;

export function serveStockdb(settings: DemoSettings): Promise<() => Promise<void>> {
  let total = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    let received = "";
    let turn = Promise.resolve();
    socket.setEncoding("latin1");
    socket.setTimeout(60_000, () => socket.destroy());
    socket.on("data", (chunk: string) => {
      received += chunk;
      const lines = received.split("\n");
      received = lines.pop() ?? "";
      if (received.length > LONGEST_LINE) socket.destroy();
      for (const line of lines) {
        turn = turn.then(async () => {
          await work(1);
          const result = answerLine(line, total);
          total = result.total;
          if (socket.writable) socket.write(`${result.answer}\n`);
        });
      }
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(settings.port, settings.bindHost, () =>
      resolve(
        () =>
          new Promise((ended) => {
            server.close(() => ended());
            for (const socket of open) socket.end();
          }),
      ),
    );
  });
}
