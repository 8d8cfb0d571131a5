"use client";
import { Dialog } from "@/components/ui/dialog";
import { KeyList } from "./key-list";

/** Every key that works on this page. */
export function HelpSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys" className="w-[min(640px,92vw)]">
      <div className="scroll-thin overflow-auto px-5 pt-2 pb-5">
        <KeyList />
      </div>
    </Dialog>
  );
}
