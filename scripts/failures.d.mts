type Assertion = { status: string; fullName: string; failureMessages: string[] };
type File = { name: string; status: string; message: string; assertionResults: Assertion[] };

/** What failed, in few lines, from one of vitest's JSON reports. */
export function failures(report: { testResults: File[] }, root: string): string[];
