"use client";
import { CircleHelp } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { FIELDS, FLAGS, relationsOf } from "@/lib/topology/find/fields";

const EXAMPLES = [
  { text: "bookstore", about: "named so" },
  { text: "errors > 1% and not idle", about: "failing now" },
  { text: "(denied or mtls = no) and ns = bookstore", about: "unsafe in one namespace" },
  { text: "from = bookbuyer and latency > 250ms", about: "slow for one caller" },
  { text: 'version = "v2" or split = bookstore', about: "a roll-out" },
] as const;

/** Examples to take, and every word of the find language. */
export function FindHelp({ onTake }: { onTake: (text: string) => void }) {
  return (
    <Popover
      label="How to find"
      align="end"
      className="w-[26rem] p-3"
      trigger={
        <IconButton label="How to find" size="sm" className="h-6! w-6!">
          <CircleHelp size={14} aria-hidden="true" />
        </IconButton>
      }
    >
      <p className="mb-1 font-medium text-ink-3 text-xs">Examples</p>
      <ul className="-mx-1.5 mb-3">
        {EXAMPLES.map(({ text, about }) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => onTake(text)}
              className="flex min-h-7 w-full items-center gap-3 rounded-md px-1.5 text-left hover:bg-raised"
            >
              <code className="font-mono text-xs">{text}</code>
              <span className="ml-auto text-right text-ink-3 text-xs">{about}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="mb-1 font-medium text-ink-3 text-xs">Words that stand alone</p>
      <Words words={Object.entries(FLAGS).map(([name, about]) => ({ name, about }))} />
      <p className="mt-3 mb-1 font-medium text-ink-3 text-xs">To compare</p>
      <Words
        words={FIELDS.map((field) => ({
          name: [field.name, ...field.aliases].join(", "),
          about: `${field.about} (${relationsOf(field).join(" ")})`,
        }))}
      />
      <p className="mt-3 text-ink-2 text-xs">
        A word alone is part of a name. Join with <code>and</code>, <code>or</code>, <code>not</code> and parentheses; a
        space means <code>and</code>. <code>~</code> means contains. What is not measured fits no comparison.
      </p>
    </Popover>
  );
}

function Words({ words }: { words: readonly { name: string; about: string }[] }) {
  return (
    <dl className="grid grid-cols-[9.5rem_1fr] gap-x-3 gap-y-1 text-xs">
      {words.map(({ name, about }) => (
        <div key={name} className="contents">
          <dt className="font-mono">{name}</dt>
          <dd className="text-ink-2">{about}</dd>
        </div>
      ))}
    </dl>
  );
}
