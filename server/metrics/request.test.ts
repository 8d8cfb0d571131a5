import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { listen } from "@/server/platform/listen";
import { OPEN_ACCESS, openDoor } from "./access";
import { requestStore } from "./request";

describe("requestStore", () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** A store that lets go of a connection when it is asked by it again, as one does whose idle time is just over. */
  async function forgetfulStore(answersPerConnection: number) {
    let asked = 0;
    server = createServer((request, response) => {
      asked += 1;
      const socket = request.socket as typeof request.socket & { answered?: number };
      socket.answered = (socket.answered ?? 0) + 1;
      if (socket.answered > answersPerConnection) socket.resetAndDestroy();
      else response.end("{}");
    });
    const port = await listen(server, { host: "127.0.0.1", port: 0, what: "test store" });
    const door = openDoor(OPEN_ACCESS);
    const ask = () =>
      requestStore({
        url: `http://127.0.0.1:${port}/api/v1/query`,
        question: { body: "query=1", contentType: "application/x-www-form-urlencoded" },
        door,
        timeoutMs: 2_000,
        what: "Prometheus",
        signal: undefined,
      });
    return { ask, asked: () => asked };
  }

  it("asks again when the connection it kept was closed meanwhile", async () => {
    const { ask, asked } = await forgetfulStore(1);
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect(asked()).toBe(3);
  });

  it("does not ask again when a new connection is closed", async () => {
    const { ask, asked } = await forgetfulStore(0);
    await expect(ask()).rejects.toMatchObject({ code: "upstream_unavailable" });
    expect(asked()).toBe(1);
  });
});
