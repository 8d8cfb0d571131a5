/** What is shared, seen through a filter: made once for each, however many look. */
import type { SharedFrames } from "../shared-frames";

/** The same result for the same object. */
export function mappedOnce<Whole extends object, Part>(map: (whole: Whole) => Part): (whole: Whole) => Part {
  const known = new WeakMap<Whole, { readonly part: Part }>();
  return (whole) => {
    const made = known.get(whole) ?? { part: map(whole) };
    known.set(whole, made);
    return made.part;
  };
}

type Shared<F> = Pick<SharedFrames<F>, "get" | "subscribe">;

/** Frames in step with those they are made of. */
export function mappedFrames<Whole extends object, Part>(
  frames: Shared<Whole>,
  map: (whole: Whole) => Promise<Part>,
): Shared<Part> {
  const once = mappedOnce(map);
  return {
    get: async (key) => once(await frames.get(key)),
    subscribe: (key, listener) => {
      let newest: Whole | null = null;
      const end = frames.subscribe(key, (whole) => {
        newest = whole;
        // A frame that took longer to filter than the next does not come after it.
        once(whole).then(
          (part) => whole === newest && listener(part),
          () => undefined,
        );
      });
      return () => {
        newest = null;
        end();
      };
    },
  };
}
