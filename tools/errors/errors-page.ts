import { type ErrorCode, readErrorCodes } from "./error-codes.ts";

const introduction = `# Errors

<!-- Generated from packages/msal/src/error/codes.ts by tools/generate-errors.ts: change it there. -->

What an identity provider refuses comes back as a value; what fails is thrown. [Errors and results](errors-and-results.md) tells the two apart and says what to do with each. This page lists what is thrown. The lists are closed: code may rely on \`error.code\`, never on \`error.message\`.`;

const failures = `## \`MsalError\`: the call failed

Network, server, user or key material. \`error.retryable\` says whether the same call may succeed later, \`error.retryAfter\` after how many seconds.`;

const mistakes = `## \`MsalArgumentError\`: the program has a mistake

A \`TypeError\`, thrown before any network. \`error.option\` is the name of the option at fault, and the message says how to mend it.`;

/** The page about error codes, made of their declarations. */
export function errorsPage(source: string): string {
  const sections = [
    introduction,
    failures,
    table(readErrorCodes(source, "MsalErrorCode")),
    mistakes,
    table(readErrorCodes(source, "MsalArgumentErrorCode")),
  ];
  return `${sections.join("\n\n")}\n`;
}

function table(codes: readonly ErrorCode[]): string {
  const rows = codes.map(({ code, meaning, remedy }) => `| \`${code}\` | ${meaning} | ${remedy} |`);
  return ["| Code | What happened | What mends it |", "| --- | --- | --- |", ...rows].join("\n");
}
