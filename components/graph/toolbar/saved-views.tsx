"use client";
import { Link2, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { TextInput } from "@/components/ui/text-input";
import { keepViews, readViews, type SavedView, withoutView, withView } from "./saved-views-store";

interface SavedViewsProps {
  /** The query of what is shown now. */
  query: string;
}

/** Named views of this browser: open, save, rename, delete, and the link that shows one to somebody else. */
export function SavedViews({ query }: SavedViewsProps) {
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [name, setName] = useState("");
  const [renamed, setRenamed] = useState<string | null>(null);
  useEffect(() => setViews(readViews(localStorage)), []);

  function keep(next: readonly SavedView[], said: string): void {
    setViews(next);
    announce(
      keepViews(localStorage, next) ? said : "This browser keeps nothing: the view lasts until the page is left",
    );
  }
  function save(): void {
    const wanted = name.trim();
    if (wanted === "") return;
    const before = views.find((view) => view.name === renamed);
    keep(
      withView(renamed === null ? views : withoutView(views, renamed), { name: wanted, query: before?.query ?? query }),
      renamed === null ? `${wanted} saved` : `${renamed} is now called ${wanted}`,
    );
    setName("");
    setRenamed(null);
  }

  return (
    <div className="flex flex-col gap-2">
      {views.length > 0 && (
        <ul aria-label="Saved views" className="flex flex-col">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-0.5">
              <Link
                href={`/graph${view.query === "" ? "" : `?${view.query}`}`}
                aria-current={view.query === query ? "true" : undefined}
                className="min-w-0 flex-1 truncate rounded-md px-2 py-1 hover:bg-raised aria-[current]:font-medium aria-[current]:text-accent"
              >
                {view.name}
              </Link>
              <IconButton label={`Copy the link of ${view.name}`} size="sm" onClick={() => void copyLink(view.query)}>
                <Link2 size={14} aria-hidden="true" />
              </IconButton>
              <IconButton
                label={`Rename ${view.name}`}
                size="sm"
                onClick={() => {
                  setRenamed(view.name);
                  setName(view.name);
                }}
              >
                <Pencil size={14} aria-hidden="true" />
              </IconButton>
              <IconButton
                label={`Delete ${view.name}`}
                size="sm"
                onClick={() => keep(withoutView(views, view.name), `${view.name} deleted`)}
              >
                <Trash2 size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          aria-label={renamed === null ? "Name of this view" : `New name of ${renamed}`}
          placeholder="Name of this view"
          maxLength={60}
          value={name}
          onChange={setName}
          className="h-(--control-sm)!"
        />
        <Button type="submit" size="sm" disabled={name.trim() === ""}>
          {renamed === null ? "Save" : "Rename"}
        </Button>
      </form>
      <Button size="sm" icon={<Link2 size={14} aria-hidden="true" />} onClick={() => void copyLink(query)}>
        Copy link to this view
      </Button>
    </div>
  );
}

async function copyLink(query: string): Promise<void> {
  const url = `${location.origin}/graph${query === "" ? "" : `?${query}`}`;
  try {
    await navigator.clipboard.writeText(url);
    announce("Link copied");
  } catch {
    announce("The browser did not allow copying: copy the address of the page instead");
  }
}
