import { redirect } from "next/navigation";

/** The graph answers first: is anything wrong, and where. */
export default function Page() {
  redirect("/graph");
}
