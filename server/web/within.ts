/** What `promise` resolves to, or `otherwise` when that takes longer than `ms`. Rejects as `promise` does within that time. */
export async function within<T>(ms: number, promise: Promise<T>, otherwise: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, ms, "late");
  });
  try {
    const first = await Promise.race([promise.then((value) => ({ value })), late]);
    return first === "late" ? otherwise() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
