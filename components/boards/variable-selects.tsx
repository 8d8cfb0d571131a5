"use client";
import { useUrlState } from "@/components/shell/url-state";
import { Select } from "@/components/ui/select";
import type { BuiltInBoard, VariableName, Variables } from "@/lib/boards/built-in/board";
import type { Choices } from "./use-variables";

const LABEL: Readonly<Record<VariableName, string>> = {
  namespace: "Namespace",
  service: "Service",
  workload: "Workload",
  split: "Split",
};

interface VariableSelectsProps {
  board: BuiltInBoard;
  variables: Variables;
  choices: Choices | null;
}

/** What the board is about, as selects. What it can do without has "all". */
export function VariableSelects({ board, variables, choices }: VariableSelectsProps) {
  const { setUrl } = useUrlState();
  return board.takes.map((name) => {
    const value = variables[name] ?? "";
    const known = choices?.[name] ?? [];
    const names = value !== "" && !known.includes(value) ? [value, ...known] : known;
    const none = board.needs.includes(name) ? (value === "" ? [{ value: "", label: "–" }] : []) : [ALL];
    return (
      <Select
        key={name}
        small
        aria-label={LABEL[name]}
        className="w-52 max-sm:w-40"
        value={value}
        options={[...none, ...names.map((each) => ({ value: each, label: each.replace(/\/[a-z]+\//, "/") }))]}
        onChange={(next) => setUrl({ [name]: next === "" ? null : next }, "push")}
      />
    );
  });
}

const ALL = { value: "", label: "Any namespace" };
