/**
 * Addresses of pods on one machine. A data folder has a number A; pods are 127.A.b.c and each has a loopback of its own,
 * 127.(A+100).b.c. 127.A.0.x is for local mode's own servers.
 */
const FIRST = 10;
const COUNT = 90;
const PER_BLOCK = 254;
const CAPACITY = 254 * PER_BLOCK;

/** Numbers A to try, best first: the same data folder starts at the same one. */
export function networkCandidates(hash: number): number[] {
  return Array.from({ length: COUNT }, (_, i) => FIRST + ((hash + i) % COUNT));
}

/** Address of local mode's own servers. */
export function hostAddress(network: number): string {
  return `127.${network}.0.1`;
}

export function loopbackOf(podAddress: string): string {
  const [a = "127", b = "0", c = "0", d = "0"] = podAddress.split(".");
  return `${a}.${Number(b) + 100}.${c}.${d}`;
}

function addressAt(network: number, index: number): string {
  return `127.${network}.${1 + Math.floor(index / PER_BLOCK)}.${1 + (index % PER_BLOCK)}`;
}

/** Gives out addresses one after the other, so that one that was freed is not used again at once. */
export class AddressPool {
  readonly #network: number;
  readonly #used = new Set<string>();
  #next = 0;

  constructor(network: number) {
    this.#network = network;
  }

  /** Whether a pod of an earlier start may keep its address; if so it is taken. */
  claim(address: string): boolean {
    const mine = new RegExp(`^127\\.${this.#network}\\.(\\d+)\\.(\\d+)$`).exec(address);
    if (!mine || Number(mine[1]) === 0 || this.#used.has(address)) return false;
    this.#used.add(address);
    const index = (Number(mine[1]) - 1) * PER_BLOCK + Number(mine[2]) - 1;
    this.#next = Math.max(this.#next, index + 1);
    return true;
  }

  /** null when every address is taken. */
  take(): string | null {
    for (let tried = 0; tried < CAPACITY; tried += 1) {
      const address = addressAt(this.#network, this.#next % CAPACITY);
      this.#next = (this.#next + 1) % CAPACITY;
      if (this.#used.has(address)) continue;
      this.#used.add(address);
      return address;
    }
    return null;
  }

  release(address: string): void {
    this.#used.delete(address);
  }
}
