"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { announce } from "./announce";

/** A line of mono text with a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce("Copied");
      setTimeout(() => setCopied(false), 1500);
    } catch {
      announce("The browser did not allow copying: select the text instead");
    }
  }
  return (
    <span className="flex max-w-full items-center gap-1 rounded-md border border-line bg-surface py-0.5 pr-0.5 pl-2">
      <code className="wrap-anywhere font-mono text-xs">{text}</code>
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={copy}
        className="rounded-sm p-1.5 text-ink-3 hover:bg-raised hover:text-ink"
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      </button>
    </span>
  );
}
