/** Why a button beside it takes no click: `unusableBecause` of the button is its id. Takes a line of its own among buttons. */
export function Reason({ id, text }: { id: string; text: string | null }) {
  if (text === null) return null;
  return (
    <p id={id} className="basis-full text-ink-2 text-xs">
      {text}
    </p>
  );
}
