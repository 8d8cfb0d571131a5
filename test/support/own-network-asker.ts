/** Runs inside a network of a test's own (own-network.ts) and asks there what it is told to, by GET. */
import { request } from "node:http";
import type { Question } from "./own-network";

process.on("message", (message) => {
  const { id, question } = message as { id: number; question: Question };
  const asking = request(question.url, { headers: { ...question.headers } });
  asking.on("response", (response) => {
    response.destroy();
    process.send?.({ to: id, heard: { status: response.statusCode ?? 0, headers: response.headers } });
  });
  asking.on("error", (error) => process.send?.({ to: id, error: error.message }));
  asking.end();
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
