/** Server-sent events for one reader at the reader's own pace: of what waits, the latest of each name is kept. */

import { untilViewerLeft } from "./login/viewer";

const encoder = new TextEncoder();

/** One event as it goes over the wire; made once for all who get it. */
export function encodeEvent(name: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** As encodeEvent, of data that is JSON already. */
export function encodeEventText(name: string, json: Uint8Array): Uint8Array {
  return Buffer.concat([encoder.encode(`event: ${name}\ndata: `), json, encoder.encode("\n\n")]);
}

/** Offers an event. `make` is called when there is room for it; a later offer by the same name takes its place. */
export type Offer = (name: string, make: () => Uint8Array) => void;

/** The answer that is such a stream; nothing on its way may hold it back to compress it. */
export function eventResponse(signal: AbortSignal, begin: (offer: Offer) => () => void): Response {
  return new Response(eventStream(signal, begin), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

/**
 * A stream of events, which ends when its viewer's session does. `begin` starts what offers them and returns how to end that, which is called once: when the reader
 * goes away or `signal` aborts. A reader that takes nothing holds no more than one event of each name.
 */
export function eventStream(signal: AbortSignal, begin: (offer: Offer) => () => void): ReadableStream<Uint8Array> {
  const waiting = new Map<string, () => Uint8Array>();
  let end: (() => void) | null = null;
  let stay = () => {};
  let ended = false;
  const stop = () => {
    if (ended) return;
    ended = true;
    waiting.clear();
    stay();
    end?.();
  };
  const flush = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    for (const [name, make] of waiting) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      waiting.delete(name);
      controller.enqueue(make());
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode("retry: 1000\n\n"));
        const close = () => {
          if (ended) return;
          stop();
          controller.close();
        };
        end = begin((name, make) => {
          if (ended) return;
          waiting.set(name, make);
          flush(controller);
        });
        if (signal.aborted) close();
        else signal.addEventListener("abort", close, { once: true });
        if (!ended) stay = untilViewerLeft(close);
      },
      pull: flush,
      cancel: stop,
    },
    { highWaterMark: 1 },
  );
}
