/** Who a request is answered to. It goes along with everything the request starts, so that no verb has to pass it on. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { WebContext } from "../context";
import type { Scope } from "../limited/scope";

export interface Viewer {
  readonly user: string;
  /** null: the whole mesh. */
  readonly scope: Scope | null;
  /** The mesh as far as they may see it, and their own line to Kubernetes. */
  readonly context: WebContext;
  /** Calls `end` once when they are signed out, their session ends or their rights change. Returns how to stop that. */
  readonly untilLeft: (end: () => void) => () => void;
}

const HELD = Symbol.for("meshdeck.web.viewer");
const place = globalThis as { [HELD]?: AsyncLocalStorage<Viewer | null> };

/** Held on globalThis: Next loads this module more than once. */
function storage(): AsyncLocalStorage<Viewer | null> {
  place[HELD] ??= new AsyncLocalStorage();
  return place[HELD];
}

export function runAs<T>(viewer: Viewer | null, run: () => T): T {
  return storage().run(viewer, run);
}

/** null: nobody has to sign in, or what is asked is for everybody. */
export function currentViewer(): Viewer | null {
  return storage().getStore() ?? null;
}

/** For what goes on after its answer began: calls `end` when the viewer has left. Returns how to stop that. */
export function untilViewerLeft(end: () => void): () => void {
  return currentViewer()?.untilLeft(end) ?? (() => undefined);
}
