"use client";
import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { Account } from "./account";
import { LiveState } from "./live-state";
import { ProblemsMenu } from "./problems-menu";
import { useWindow, WINDOWS } from "./scope";
import { ScopeMenu } from "./scope-menu";
import { ThemeMenu } from "./theme-menu";
import { useUrlState } from "./url-state";

/** 48 px: scope, window, state of the data, problems, palette, theme, account. */
export function TopBar({ onPalette }: { onPalette: () => void }) {
  const window = useWindow();
  const { setUrl } = useUrlState();
  const known = WINDOWS.some((each) => each.value === window);
  const options = known ? WINDOWS : [{ value: window, label: `Last ${window}` }, ...WINDOWS];
  return (
    <header className="flex h-(--topbar) shrink-0 items-center gap-2 border-line border-b bg-bg px-3 max-sm:gap-1 max-sm:px-2">
      <ScopeMenu />
      <Select
        small
        aria-label="Window of time"
        value={window}
        options={options}
        onChange={(value) => setUrl({ window: value })}
        className="w-32 shrink-0 max-sm:w-28"
      />
      <LiveState />
      <div className="ml-auto flex items-center gap-1">
        <ProblemsMenu />
        <Button size="sm" onClick={onPalette} className="text-ink-3 max-sm:w-(--control-sm) max-sm:px-0">
          <Search size={14} aria-hidden="true" />
          <span className="max-lg:sr-only">Search and run</span>
          <span className="max-lg:hidden" aria-hidden="true">
            <Kbd keys="Ctrl K" />
          </span>
        </Button>
        <span className="max-sm:hidden">
          <ThemeMenu />
        </span>
        <span className="max-sm:hidden">
          <Account />
        </span>
      </div>
    </header>
  );
}
