import type { Metadata } from "next";
import { BoardsPage } from "@/components/boards/boards-page";

export const metadata: Metadata = { title: "Metrics" };

export default function Page() {
  return <BoardsPage />;
}
