/** The controller's admin API, as far as it is about namespaces the reader may see. */
import { AppError } from "@/lib/contract/errors";
import type { ControllerClient } from "../controller-client";
import { mayReadObject, type Scope, sees } from "./scope";
import { limitedAggregates, limitedCalls, limitedCertificates, limitedChanges, limitedKinds } from "./told";

export function limitedController(client: ControllerClient, scope: Scope): ControllerClient {
  const proxies: ControllerClient["proxies"] = async (signal) =>
    (await client.proxies(signal)).filter(({ namespace }) => sees(scope, namespace));
  const refuseStrange = async (id: string, signal?: AbortSignal) => {
    if ((await proxies(signal)).some((proxy) => proxy.id === id)) return;
    throw new AppError("not_found", `No sidecar ${id} of a namespace you may see is connected.`, {
      hint: "Look at the list of sidecars for those there are.",
    });
  };
  return {
    status: (signal) => client.status(signal),
    proxies,
    config: async (id, signal) => {
      await refuseStrange(id, signal);
      return client.config(id, signal);
    },
    envoyConfig: async (id, signal) => {
      await refuseStrange(id, signal);
      return client.envoyConfig(id, signal);
    },
    certificates: async (signal) => limitedCertificates(await client.certificates(signal), scope),
    problems: async (signal) => (await client.problems(signal)).filter(({ object }) => mayReadObject(scope, object)),
    calls: async (asked, signal) => {
      const found = await client.calls(asked, signal);
      return { ...found, items: limitedCalls(found.items, scope) };
    },
    callAggregates: async (seconds, signal) => {
      const found = await client.callAggregates(seconds, signal);
      return { ...found, items: limitedAggregates(found.items, scope) };
    },
    changes: async (since, limit, signal) => limitedChanges(await client.changes(since, limit, signal), scope),
    callKinds: async (outcome, signal) => limitedKinds(await client.callKinds(outcome, signal), scope),
  };
}
