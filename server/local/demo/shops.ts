/** bookstore sells books and restocks from bookwarehouse; bookwarehouse writes what it gives out into stockdb. */
import { work } from "./latency";
import { createOutbound } from "./outbound";
import { serveHttp } from "./serve";
import type { DemoSettings } from "./settings";

export function serveBookstore(settings: DemoSettings): Promise<() => Promise<void>> {
  const outbound = createOutbound(settings.proxy);
  let sold = 0;
  const restock = async () => {
    const answer = await outbound.call({
      method: "POST",
      authority: settings.bookwarehouse,
      path: "/restock-books",
      headers: { "client-app": settings.identity, "content-length": "0" },
    });
    if (answer.status !== 200) throw new Error(`bookwarehouse answered ${answer.status} to /restock-books`);
  };
  return serveHttp(settings, {
    "GET /": () => ({ body: { identity: settings.identity, booksSold: sold } }),
    "GET /books-bought": async () => {
      await work(settings.workMs ?? 4);
      return { body: { identity: settings.identity, booksSold: sold } };
    },
    "GET /buy-a-book/new": async () => {
      await work(settings.workMs ?? 12);
      sold += 1;
      // A sale stands whether or not the warehouse answers: the shelf is filled again beside it.
      restock().catch((error: unknown) =>
        console.log(`restocking failed: ${error instanceof Error ? error.message : error}`),
      );
      return { body: { identity: settings.identity, booksSold: sold } };
    },
  });
}

export function serveBookwarehouse(settings: DemoSettings): Promise<() => Promise<void>> {
  const outbound = createOutbound(settings.proxy);
  let given = 0;
  return serveHttp(settings, {
    "GET /": () => ({ body: { identity: settings.identity, booksGiven: given } }),
    "POST /restock-books": async () => {
      await work(6);
      const answer = await outbound.askLine(settings.stockdb, "RESTOCK 1");
      if (!answer.startsWith("OK ")) throw new Error(`stockdb answered: ${answer}`);
      given += 1;
      return { body: { identity: settings.identity, booksGiven: given, stockTotal: Number(answer.slice(3)) } };
    },
  });
}
