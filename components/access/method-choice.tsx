"use client";
import { Checkbox } from "@/components/ui/checkbox";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

interface MethodChoiceProps {
  /** Empty or "*": any. */
  methods: readonly string[];
  onChange: (methods: readonly string[]) => void;
}

/** Which HTTP methods match. None chosen means any, as SMI says it. */
export function MethodChoice({ methods, onChange }: MethodChoiceProps) {
  const any = methods.length === 0 || methods.includes("*");
  const offered = [...new Set([...METHODS, ...methods.filter((method) => method !== "*")])];
  return (
    <fieldset>
      <legend className="font-medium text-ink-2 text-xs">Methods</legend>
      <div className="flex flex-wrap gap-x-3">
        <Checkbox checked={any} onChange={(on) => onChange(on ? ["*"] : ["GET"])}>
          any
        </Checkbox>
        {offered.map((method) => (
          <Checkbox
            key={method}
            checked={!any && methods.includes(method)}
            onChange={(on) => {
              const kept = methods.filter((one) => one !== "*" && one !== method);
              onChange(on ? [...kept, method] : kept.length > 0 ? kept : ["*"]);
            }}
          >
            {method}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
