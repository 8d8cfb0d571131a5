import { StatusMark } from "@/components/ui/status-mark";

const LINE = "block h-0 w-6 border-t-2";

/** What shapes, lines and marks mean. Folded in a corner. */
export function Legend() {
  return (
    <details className="absolute bottom-3 left-3 max-w-64 rounded-md border border-line bg-surface text-xs">
      {/* Closed it is always there; open one has asked for it, and it may cover what it explains. */}
      <summary data-floats="" className="flex h-(--control-sm) items-center px-2.5 text-ink-2 text-sm hover:text-ink">
        Legend
      </summary>
      <dl className="grid grid-cols-[32px_1fr] items-center gap-x-2 gap-y-1.5 border-line border-t p-3 text-ink-2">
        <Entry name="Service">
          <span className="block size-4 rounded-sm border-2 border-line-strong" />
        </Entry>
        <Entry name="Workload">
          <span className="block size-4 rounded-full border-2 border-line-strong" />
        </Entry>
        <Entry name="TCP service">
          <span className="block h-4 w-4 rounded-[50%/25%] border-2 border-line-strong" />
        </Entry>
        <Entry name="Outside the mesh">
          <span className="block size-4 rounded-sm border-2 border-line-strong border-dashed" />
        </Entry>
        <Entry name="Calls; broader is more">
          <span className={`${LINE} border-line-strong`} />
        </Entry>
        <Entry name="Allowed, no calls">
          <span className={`${LINE} border-idle border-dotted`} />
        </Entry>
        <Entry name="Denied calls">
          <span className="block h-2 w-6 text-denied [background:repeating-linear-gradient(90deg,currentColor_0_2px,transparent_2px_5px)]" />
        </Entry>
        <Entry name="Split over, or backed by">
          <span className="block h-0 w-6 border-line-strong border-t border-dashed" />
        </Entry>
        <Entry name="Every connection encrypted">
          <StatusMark status="encrypted" />
        </Entry>
        <Entry name="Not encrypted, or not all">
          <StatusMark status="plaintext" />
        </Entry>
        <Entry name="1 % of calls fail, or a problem">
          <StatusMark status="degraded" />
        </Entry>
        <Entry name="10 % of calls fail, or no pod ready">
          <StatusMark status="failing" />
        </Entry>
        <Entry name="Denied by policy">
          <StatusMark status="denied" />
        </Entry>
      </dl>
    </details>
  );
}

function Entry({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="flex justify-center" aria-hidden="true">
        {children}
      </dt>
      <dd>{name}</dd>
    </>
  );
}
