/** A refusal in Kubernetes' words. */
import { StatusError, spelled } from "../status";
import type { UserInfo } from "../user";
import type { Attributes } from "./rule";

function what(username: string, asked: Attributes): string {
  const user = JSON.stringify(username);
  if (asked.sort === "path") return `User ${user} cannot ${asked.verb} path ${JSON.stringify(asked.path)}`;
  const resource = asked.subresource === "" ? asked.resource : `${asked.resource}/${asked.subresource}`;
  const where = asked.namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(asked.namespace)}`;
  return `User ${user} cannot ${asked.verb} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(asked.group)} ${where}`;
}

/** The 403. `reason` is what the decision says beside no; may be empty. */
export function refusal(user: UserInfo, asked: Attributes, reason: string): StatusError {
  const said = `${what(user.username, asked)}${reason === "" ? "" : `: ${reason}`}`;
  if (asked.sort === "path") return new StatusError(403, "Forbidden", `forbidden: ${said}`, {});
  const type = { group: asked.group, plural: asked.resource };
  const name = asked.name === "" ? "" : ` ${JSON.stringify(asked.name)}`;
  return new StatusError(403, "Forbidden", `${spelled(type)}${name} is forbidden: ${said}`, {
    ...(asked.name === "" ? {} : { name: asked.name }),
    ...(asked.group === "" ? {} : { group: asked.group }),
    kind: asked.resource,
  });
}
