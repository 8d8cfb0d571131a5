import { redirect } from "next/navigation";

/** The overview answers first: is anything wrong, and where. */
export default function Page() {
  redirect("/overview");
}
