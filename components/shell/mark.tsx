/** Three nodes and the edges between them. */
export function Mark() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden="true"
      className="shrink-0 text-accent"
    >
      <path d="M6.2 6.4 13.8 8.6M6 7.6l3 6.2M14.2 10.9l-2.6 3.6" />
      <circle cx="4.6" cy="5.4" r="2.1" />
      <circle cx="15.6" cy="9.2" r="2.1" />
      <circle cx="10" cy="16" r="2.1" />
    </svg>
  );
}
