import { Tag } from "@/components/ui/tag";
import { type ConfigResource, findResources, resourceText } from "./find-config";

const STATE_TEXT: Readonly<Record<ConfigResource["state"], string>> = {
  taken: "",
  sent: "on its way",
  waiting: "not sent yet",
  refused: "refused",
};
/** Beyond this the page shows the head: one finds the rest by its name. */
const MOST = 200;

/** Resources by type and name; each opens to Envoy's own words. */
export function ConfigTree({ resources, find }: { resources: readonly ConfigResource[]; find: string }) {
  const found = findResources(resources, find);
  const types = [...new Set(found.map(({ type }) => type))];
  if (found.length === 0) return <p className="text-ink-3 text-sm">Nothing of it holds that text.</p>;
  return (
    <div className="flex flex-col gap-3">
      {types.map((type) => {
        const own = found.filter((each) => each.type === type);
        return (
          <section key={type} aria-label={type}>
            <h4 className="mb-1 text-ink-3 text-xs">
              {type} <span className="tabular-nums">{own.length}</span>
            </h4>
            {own.slice(0, MOST).map((each) => (
              <details key={each.name} className="border-line border-b">
                <summary className="cursor-pointer py-1 text-sm">
                  <code className="wrap-anywhere font-mono text-xs">{each.name}</code>{" "}
                  {each.state !== "taken" && (
                    <Tag tone={each.state === "refused" ? "fail" : "warn"}>{STATE_TEXT[each.state]}</Tag>
                  )}
                </summary>
                <section
                  className="scroll-thin max-h-96 overflow-auto rounded-md bg-raised p-2"
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
                  tabIndex={0}
                  aria-label={`${type} ${each.name}`}
                >
                  <pre className="font-mono text-xs">{resourceText(each)}</pre>
                </section>
              </details>
            ))}
            {own.length > MOST && <p className="text-ink-3 text-sm">{own.length - MOST} more: find them by name.</p>}
          </section>
        );
      })}
    </div>
  );
}
