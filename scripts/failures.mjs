/**
 * What failed, in few lines, from vitest's JSON reports: `npm test` prints it last, as a log that is cut keeps its end.
 * @param {{ testResults: { name: string, status: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} report
 * @param {string} root the folder that files are named from
 * @returns {string[]} a line for each failed test, or for a file that failed without one; its first lines of message are below it
 */
export function failures(report, root) {
  return report.testResults.flatMap((file) => {
    const name = file.name.replace(`${root}/`, "");
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0)
      return file.status === "failed" ? [entry(`${name} (no test of it ran)`, file.message)] : [];
    return failed.map((test) => entry(`${name} > ${test.fullName}`, test.failureMessages.join("\n")));
  });
}

const messageLines = 12;

function entry(title, message) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const plain = message.replace(/\u001b\[[0-9;]*m/g, "");
  const lines = plain.split("\n").slice(0, messageLines);
  return [`FAILED ${title}`, ...lines.map((line) => `  ${line}`)].join("\n");
}
