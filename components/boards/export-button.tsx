"use client";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { download } from "@/components/charts/copy-png";
import type { ApiError } from "@/components/data/api-error";
import { sendJson } from "@/components/data/request";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toasts";
import type { GrafanaExport } from "@/lib/contract/boards";

/** Saves the board as a Grafana dashboard. */
export function ExportButton({ title, body }: { title: string; body: GrafanaExport }) {
  const { mutate, isPending } = useMutation<unknown, ApiError>({
    mutationFn: () => sendJson("grafanaExport", "/api/boards/grafana", { method: "POST", body }),
    onSuccess: (dashboard) => {
      download(new Blob([JSON.stringify(dashboard, null, 2)], { type: "application/json" }), `${title}.grafana.json`);
      toast("Saved. In Grafana: Dashboards, New, Import, and choose your Prometheus");
    },
    onError: (error) => toast(`${error.message} ${error.hint}`, "failing"),
  });
  return (
    <Button size="sm" busy={isPending} icon={<Download size={14} aria-hidden="true" />} onClick={() => mutate()}>
      Export for Grafana
    </Button>
  );
}
