/** What the dashboard's server says, by name: the answer of every route, and the events of its streams. Types only: a page is without the schemas. */
import type { z } from "zod";
import type { CallEvents } from "@/lib/contract/calls";
import type { ROUTES } from "@/lib/contract/routes";
import type { StreamEvents } from "@/lib/contract/stream";

type Routes = typeof ROUTES;
type Answers = {
  [Name in keyof Routes as Routes[Name]["answer"] extends z.ZodType
    ? Name
    : never]: Routes[Name]["answer"] extends z.ZodType ? z.output<Routes[Name]["answer"]> : never;
};
export type RouteName = keyof Answers;

/** `topology` is what the route of that name answers, `stream topology` and `calls snapshot` are events. */
export type Contracts = Answers & { [Name in keyof StreamEvents as `stream ${Name}`]: StreamEvents[Name] } & {
  [Name in keyof CallEvents as `calls ${Name}`]: CallEvents[Name];
};
export type ContractName = keyof Contracts;
