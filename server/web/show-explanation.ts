import type { ExplanationBody } from "@/lib/contract/access";
import { webContext } from "./context";
import { explainCall } from "./explain";

export interface ExplainQuery {
  /** Identity key. */
  readonly source: string;
  /** Service key. */
  readonly destination: string;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
}

export async function showExplanation(query: ExplainQuery): Promise<ExplanationBody> {
  const view = await webContext().mesh();
  const { source, destination, method, path } = query;
  return explainCall(view, {
    sourceIdentity: source,
    service: destination,
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
  });
}
