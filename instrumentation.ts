/** Next calls `register` once, before the server answers anything: settings that cannot be used stop it here, and requests are marked from here on. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { checkSettings } = await import("./server/web/check-settings");
  checkSettings(process.env);
  const { prepareIncoming } = await import("./server/web/incoming");
  prepareIncoming();
}
