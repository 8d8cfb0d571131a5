"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiError } from "@/components/data/api-error";
import { sendJson } from "@/components/data/request";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { EmbedCreated } from "@/lib/contract/embeds";
import { originProblem } from "@/lib/embeds/origin";
import { type EmbedView, viewTitle } from "@/lib/embeds/view";

const ENDS = [
  { value: "1", label: "in an hour" },
  { value: "24", label: "in a day" },
  { value: "168", label: "in 7 days" },
  { value: "720", label: "in 30 days" },
] as const;

/** Makes a signed link to a view: for one site, until it ends. */
export function EmbedDialog({ view, onClose }: { view: EmbedView; onClose: () => void }) {
  const [origin, setOrigin] = useState("");
  const [ttl, setTtl] = useState<(typeof ENDS)[number]["value"]>("168");
  const problem = origin === "" ? "must be the site that shows the embed" : originProblem(origin);
  const { mutate, data, error, isPending, reset } = useMutation<EmbedCreated, ApiError>({
    mutationFn: () =>
      sendJson("embedCreate", "/api/embeds", { method: "POST", body: { view, ttlHours: Number(ttl), origin } }),
  });
  return (
    <Dialog open onClose={onClose} title={`Embed ${viewTitle(view)}`} className="w-[min(680px,94vw)]">
      <form
        className="scroll-thin flex flex-col gap-3 overflow-auto px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null) mutate();
        }}
      >
        <Field
          label="Site that shows it"
          hint="Its origin, for example https://wiki.example.com. No other site can frame the link."
          error={origin !== "" && problem ? `It ${problem}.` : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              data-autofocus
              inputMode="url"
              value={origin}
              onChange={(text) => {
                setOrigin(text.trim());
                reset();
              }}
            />
          )}
        </Field>
        <Field label="The link ends" hint="It cannot be called back before: who has it sees this view until then.">
          {(control) => (
            <Select
              {...control}
              value={ttl}
              options={ENDS}
              onChange={(next) => {
                setTtl(next);
                reset();
              }}
            />
          )}
        </Field>
        {error && (
          <p role="alert" className="text-sm">
            {error.message} {error.hint}
          </p>
        )}
        {data ? (
          <Made made={data} title={viewTitle(view)} />
        ) : (
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Close</Button>
            <Button variant="primary" type="submit" busy={isPending} disabled={problem !== null}>
              Make the link
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  );
}

function Made({ made, title }: { made: EmbedCreated; title: string }) {
  const absolute = (path: string) => new URL(path, location.origin).href;
  const frame = `<iframe src="${absolute(made.page)}" title="${title.replaceAll('"', "&quot;")}" width="640" height="320" style="border:0" loading="lazy"></iframe>`;
  return (
    <div className="flex flex-col gap-3">
      {/* biome-ignore lint/performance/noImgElement: an image of a signed link is what is shown */}
      <img
        src={`${made.png}?width=640&height=320`}
        width={640}
        height={320}
        alt={`Preview of ${title}`}
        className="h-auto max-w-full rounded-md border border-line"
      />
      <Copy label="Frame" text={frame} />
      <Copy label="PNG" text={`${absolute(made.png)}?width=640&height=320`} />
      <Copy label="SVG" text={`${absolute(made.svg)}?width=640&height=320`} />
      <p className="text-ink-2 text-xs">
        Ends <RelativeTime at={made.expiresAt} />.
      </p>
    </div>
  );
}

function Copy({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium text-ink-2 text-xs">{label}</h3>
      <div className="max-h-20 overflow-auto">
        <CopyText text={text} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
