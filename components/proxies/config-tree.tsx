"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";
import { type ConfigResource, findResources, resourceKey, resourceText } from "./find-config";

const STATE_TEXT: Readonly<Record<ConfigResource["state"], string>> = {
  taken: "",
  sent: "on its way",
  waiting: "not sent yet",
  refused: "refused",
};
/** So many of a type are shown at first, and with every further press. */
const STEP = 100;

interface ConfigTreeProps {
  readonly resources: readonly ConfigResource[];
  readonly find: string;
  /** `TYPE name` of the one that is open by a link. */
  readonly opened: string | null;
  readonly onOpen: (key: string | null) => void;
}

/** Resources by type and name; each opens to Envoy's own words, which are written out only then. */
export function ConfigTree({ resources, find, opened, onOpen }: ConfigTreeProps) {
  const found = findResources(resources, find);
  const types = [...new Set(found.map(({ type }) => type))];
  if (found.length === 0) return <p className="text-ink-3 text-sm">Nothing of it holds that text.</p>;
  return (
    <div className="flex flex-col gap-3">
      {types.map((type) => (
        <TypeSection
          key={type}
          type={type}
          resources={found.filter((each) => each.type === type)}
          opened={opened}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

function TypeSection({ type, resources, opened, onOpen }: Omit<ConfigTreeProps, "find"> & { readonly type: string }) {
  const [most, setMost] = useState(STEP);
  // What a link leads to is shown wherever it stands.
  const linked = resources.findIndex((each) => resourceKey(each) === opened);
  const shown = resources.slice(0, Math.max(most, linked + 1));
  return (
    <section aria-label={type}>
      <h4 className="mb-1 text-ink-3 text-xs">
        {type} <span className="tabular-nums">{resources.length}</span>
      </h4>
      {shown.map((each) => (
        <Resource key={each.name} resource={each} open={resourceKey(each) === opened} onOpen={onOpen} />
      ))}
      {resources.length > shown.length && (
        <Button size="sm" variant="quiet" onClick={() => setMost(shown.length + STEP)}>
          Show {Math.min(STEP, resources.length - shown.length)} more of {resources.length - shown.length}
        </Button>
      )}
    </section>
  );
}

interface ResourceProps {
  readonly resource: ConfigResource;
  readonly open: boolean;
  readonly onOpen: ConfigTreeProps["onOpen"];
}

function Resource({ resource, open, onOpen }: ResourceProps) {
  return (
    <details
      className="border-line border-b"
      open={open}
      onToggle={(event) => {
        const isOpen = event.currentTarget.open;
        if (isOpen !== open) onOpen(isOpen ? resourceKey(resource) : null);
      }}
    >
      <summary className="cursor-pointer py-1 text-sm">
        <code className="wrap-anywhere font-mono text-xs">{resource.name}</code>{" "}
        {resource.state !== "taken" && (
          <Tag tone={resource.state === "refused" ? "fail" : "warn"}>{STATE_TEXT[resource.state]}</Tag>
        )}
      </summary>
      {open && (
        <section
          className="scroll-thin max-h-96 overflow-auto rounded-md bg-raised p-2"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={`${resource.type} ${resource.name}`}
        >
          <pre className="font-mono text-xs">{resourceText(resource)}</pre>
        </section>
      )}
    </details>
  );
}
