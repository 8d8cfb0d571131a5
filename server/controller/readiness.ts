/** What has to happen before the controller is ready. Once ready it stays so: it serves what it knows. */
export class Readiness {
  readonly #missing: Set<string>;

  constructor(steps: readonly string[]) {
    this.#missing = new Set(steps);
  }

  done(step: string): void {
    this.#missing.delete(step);
  }

  has(step: string): boolean {
    return !this.#missing.has(step);
  }

  ready(): boolean {
    return this.#missing.size === 0;
  }

  waitingFor(): readonly string[] {
    return [...this.#missing];
  }
}
