/** What only the controller knows, asked at most once a period for everybody who looks. */
import { AppError } from "@/lib/contract/errors";
import type { Partial } from "@/lib/contract/topology";
import type { ControllerClient } from "./controller-client";
import { type ControllerFacts, NO_CONTROLLER_FACTS } from "./security";
import { sourceAway } from "./source-away";

const PERIOD_MS = 1_500;
const MOST_CALLS = 1_000;

export class ControllerReader {
  readonly #client: ControllerClient | null;
  readonly #now: () => number;
  #last: { at: number; readonly facts: Promise<ControllerFacts> } | null = null;
  #good: { readonly at: number; readonly facts: ControllerFacts } | null = null;

  constructor(client: ControllerClient | null, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** Never rejects for a controller that is away: the last good answer stays, with a word about its age. */
  read(): Promise<ControllerFacts> {
    const at = this.#now();
    if (this.#last && at - this.#last.at <= PERIOD_MS) return this.#last.facts;
    // A controller that is slow to answer is not asked again before it did.
    const asked = { at: Number.POSITIVE_INFINITY, facts: this.#ask(at) };
    const answered = () => {
      asked.at = this.#now();
    };
    asked.facts.then(answered, answered);
    this.#last = asked;
    return asked.facts;
  }

  async #ask(at: number): Promise<ControllerFacts> {
    if (!this.#client) return { ...NO_CONTROLLER_FACTS, partial: [NO_CONTROLLER] };
    try {
      const [certificates, proxies, calls, denied] = await Promise.all([
        this.#client.certificates(),
        this.#client.proxies(),
        this.#client.calls({ limit: MOST_CALLS }),
        this.#client.callKinds("denied"),
      ]);
      const facts = { certificates, proxies, calls: calls.items, denied, partial: [] };
      this.#good = { at, facts };
      return facts;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const partial = [sourceAway("controller", error, this.#good?.at ?? null)];
      return { ...(this.#good?.facts ?? NO_CONTROLLER_FACTS), partial };
    }
  }
}

export const NO_CONTROLLER: Partial = {
  part: "controller",
  message: "No controller is configured.",
  hint: "Set MESHDECK_CONTROLLER_URL to the address of its admin API.",
  lastGoodAt: null,
  reason: "unset",
};
