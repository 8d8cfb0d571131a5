/** `#contract` in a built page: the server is taken at its word. Its own tests hold it to the schemas, which would be a fifth of the page's script. */
import type { ContractName, Contracts } from "./contracts";

export function checked<Name extends ContractName>(_name: Name, body: unknown): Contracts[Name] {
  return body as Contracts[Name];
}
