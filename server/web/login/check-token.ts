/** Whether the API server knows a token, and whom it takes it for. */
import { AppError } from "@/lib/contract/errors";
import type { KubeClient } from "@/server/kube/client";
import { SELF_REVIEWS, SERVICES } from "@/server/kube/resource";
import { askAccess } from "@/server/kube/rights";

const NOBODY = "system:anonymous";

/** The user's name. `subject`: what the token says of itself. Throws AppError with what to do. */
export async function checkToken(client: Pick<KubeClient, "create">, subject: string | null): Promise<string> {
  const user = await ask(client, subject).catch((error: unknown) => {
    if (error instanceof AppError) throw told(error);
    throw error;
  });
  if (user === NOBODY) throw unknownToken();
  return user;
}

async function ask(client: Pick<KubeClient, "create">, subject: string | null): Promise<string> {
  try {
    const { status } = await client.create(SELF_REVIEWS, {
      apiVersion: `${SELF_REVIEWS.group}/${SELF_REVIEWS.version}`,
      kind: "SelfSubjectReview",
      // A review is asked, not stored: it has no name.
      metadata: {} as { name: string },
    });
    const { userInfo } = (status ?? {}) as { userInfo?: { username?: unknown } };
    if (typeof userInfo?.username === "string" && userInfo.username !== "") return userInfo.username;
  } catch (error) {
    // Before Kubernetes 1.28, or where a role takes it away.
    if (!(error instanceof AppError) || (error.code !== "not_found" && error.code !== "forbidden")) throw error;
  }
  await askAccess(client, { verb: "list", resource: SERVICES });
  return subject ?? "the token's user";
}

/** Messages of the API server are about a request; these are about signing in. The token stands in none. */
function told(error: AppError): AppError {
  if (error.code === "unauthenticated") return unknownToken(error);
  if (!error.code.startsWith("upstream_")) return error;
  return new AppError(error.code, "The Kubernetes API does not answer, so nobody can sign in.", {
    hint: "Try again when it is back; the dashboard's log and kubectl say more.",
    cause: error,
  });
}

function unknownToken(cause?: unknown): AppError {
  return new AppError("unauthenticated", "The Kubernetes API does not know this token.", {
    hint: "It may be of another cluster, ended, or taken back. Get a new one, for example with kubectl create token.",
    cause,
  });
}
