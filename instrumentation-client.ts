import { leaving } from "@/components/shell/leaving";

/** Next calls it when it begins to go to another page or address. */
export function onRouterTransitionStart(url: string): void {
  leaving.start(url, location.href);
}
