import type { Problems } from "@/lib/contract/namespaces";
import { webContext } from "./context";
import { problemsOf } from "./namespaces";

export async function showProblems(): Promise<Problems> {
  return problemsOf(await webContext().mesh());
}
