"use client";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useProblems } from "@/components/data/use-problems";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { IconButton } from "@/components/ui/icon-button";
import { Mark } from "./mark";
import { PAGES, type Page } from "./pages";
import { RAIL_COOKIE } from "./rail-cookie";
import { useSharedQuery } from "./scope";

const YEAR_SECONDS = 31_536_000;

/** The pages: on the left, 208 px or 56 px; at phone width a bar below. A badge where something needs a person. */
export function Rail({ initiallyCollapsed }: { initiallyCollapsed: boolean }) {
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  function toggle(): void {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${RAIL_COOKIE}=${collapsed ? "open" : "collapsed"}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
    setCollapsed(!collapsed);
  }
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Pages"
      className={cx(
        "flex shrink-0 flex-col border-line border-r bg-bg max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:h-(--bottombar) max-sm:w-full max-sm:flex-row max-sm:border-t max-sm:border-r-0",
        collapsed ? "w-14" : "w-52",
      )}
    >
      <Link
        href="/overview"
        prefetch={false}
        className="flex h-12 items-center gap-2.5 px-4 font-semibold text-base max-sm:hidden"
        aria-label="Meshdeck"
      >
        <Mark />
        {!collapsed && "Meshdeck"}
      </Link>
      <ul className="flex flex-1 flex-col gap-0.5 p-2 scroll-thin max-sm:flex-row max-sm:overflow-x-auto max-sm:p-0">
        {PAGES.map((page) => (
          <RailItem key={page.path} page={page} collapsed={collapsed} />
        ))}
      </ul>
      <div className="p-2 max-sm:hidden">
        <IconButton label={collapsed ? "Show labels" : "Show icons only"} onClick={toggle} className="text-ink-3">
          <Icon size={16} aria-hidden="true" />
        </IconButton>
      </div>
    </nav>
  );
}

function RailItem({ page, collapsed }: { page: Page; collapsed: boolean }) {
  const current = usePathname().startsWith(page.path);
  const query = useSharedQuery();
  const { data } = useProblems();
  const problems = data?.items.filter((problem) => page.kinds.includes(problem.object.kind)).length ?? 0;
  const Icon = page.icon;
  const [isNear, setNear] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // The bar of a phone is wider than the phone.
    if (current) item.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <li ref={item} className="max-sm:min-w-18 max-sm:flex-1">
      <Link
        href={`${page.path}${query}`}
        // Ten pages asked for in advance would be in the way of the one that is being opened.
        prefetch={isNear ? null : false}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        aria-current={current ? "page" : undefined}
        title={collapsed ? page.name : undefined}
        className={cx(
          "relative flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm max-sm:h-full max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-0 max-sm:text-xs pointer-coarse:h-10",
          current
            ? "bg-raised font-medium text-ink max-sm:bg-transparent max-sm:text-accent"
            : "text-ink-2 hover:bg-raised hover:text-ink",
        )}
      >
        <Icon size={16} aria-hidden="true" className="shrink-0" />
        <span className={cx(collapsed && "sm:sr-only")}>{page.name}</span>
        <span
          className={cx(
            "ml-auto max-sm:absolute max-sm:top-1 max-sm:left-1/2 max-sm:ml-2",
            collapsed && "sm:absolute sm:-top-1 sm:-right-1",
          )}
        >
          <Badge count={problems} label={`${problems} ${problems === 1 ? "problem" : "problems"}`} />
        </span>
      </Link>
    </li>
  );
}
