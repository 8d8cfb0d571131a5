import type { ControllerChanges } from "@/lib/contract/admin";
import type { Change } from "@/lib/contract/changes";
import { createdAt, lastWrite } from "@/lib/kube/managed-fields";
import { type ChangeSurroundings, summarise } from "@/lib/mesh/change-summary";
import type { ObjectChange } from "@/server/kube/reflector";
import { Ring } from "./ring";

/** Some hours of a busy mesh; a few hundred kilobytes. */
const MOST_KEPT = 2_000;

/** What this replica saw change since it watches: the latest, each in one line. */
export class ChangeLog {
  readonly #ring = new Ring<Change>(MOST_KEPT);
  readonly #around: () => ChangeSurroundings;
  readonly #now: () => number;
  #since: number;

  constructor(options: { readonly around: () => ChangeSurroundings; readonly now: () => number }) {
    this.#around = options.around;
    this.#now = options.now;
    this.#since = options.now();
  }

  /** Everything was listed: what comes from now on are changes. */
  begin(): void {
    this.#since = this.#now();
  }

  add(change: ObjectChange): void {
    const summary = summarise(change, this.#around());
    if (summary === null) return;
    const write = change.after && lastWrite(change.after);
    this.#ring.add({ ...summary, at: this.#whenDid(change), by: write?.by ?? null });
  }

  /** From `since` (unix milliseconds) on, newest first. */
  read(since: number, limit: number): ControllerChanges {
    const all = [...this.#ring.all()].sort((a, b) => b.at - a.at);
    const oldest = this.#ring.full() ? (all.at(-1)?.at ?? this.#since) : this.#since;
    return { watchedSince: oldest, items: all.filter(({ at }) => at >= since).slice(0, limit) };
  }

  /** When it was seen; one that was missed happened when the API server says it did. */
  #whenDid({ after, missed }: ObjectChange): number {
    const said = missed && after ? (lastWrite(after)?.at ?? createdAt(after)) : null;
    return said ?? this.#now();
  }
}
