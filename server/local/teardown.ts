/** What has to be undone at the end, in the reverse order of how it was done, also when the start was cut short. */
export interface Teardown {
  add(name: string, undo: () => Promise<void> | void): void;
  /** Runs every step even when one fails. Safe to call more than once. */
  run(onError: (name: string, error: unknown) => void): Promise<void>;
}

export function createTeardown(): Teardown {
  const steps: { name: string; undo: () => Promise<void> | void }[] = [];
  let running: Promise<void> | null = null;
  return {
    add(name, undo) {
      steps.push({ name, undo });
    },
    run(onError) {
      running ??= (async () => {
        for (let step = steps.pop(); step; step = steps.pop()) {
          try {
            await step.undo();
          } catch (error) {
            onError(step.name, error);
          }
        }
      })();
      return running;
    },
  };
}
