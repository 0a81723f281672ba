import { parseArgs } from "node:util";
import { startEmulator, type Emulator, type EmulatorOptions } from "./emulator.ts";

const usage = `Starts a local Entra ID.

  --port <number>   the port on loopback (default 8400; 0: any free one)
  --https           speak HTTPS with a CA made at start, printed below
  --help            show this text`;

try {
  await run();
} catch (error) {
  if (!isMendable(error)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const emulator = await startEmulator(options);
  console.log(describe(emulator));
  process.once("SIGINT", () => void emulator.close());
  process.once("SIGTERM", () => void emulator.close());
}

/** A wrong option or a taken port: the message tells it, and a stack trace would only hide it. */
function isMendable(error: unknown): error is Error {
  return error instanceof TypeError || (error instanceof Error && "code" in error && error.code === "EADDRINUSE");
}

function readOptions(): EmulatorOptions | undefined {
  const { values } = parseArgs({
    options: { port: { type: "string" }, https: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help === true) return undefined;
  return { port: Number(values.port ?? 8400), https: values.https === true };
}

function describe(emulator: Emulator): string {
  const users = Object.values(emulator.users).map(({ username, password, condition, mfa, otp }) => {
    const remark = condition ?? (mfa === undefined ? undefined : `second factor ${otp}`);
    return `  ${username.padEnd(30)} ${password.padEnd(16)} ${remark ?? ""}`.trimEnd();
  });
  const apps = Object.values(emulator.apps).map(({ shortName, kind, clientId, secret }) =>
    `  ${shortName.padEnd(10)} ${kind.padEnd(13)} ${clientId}  ${secret ?? ""}`.trimEnd(),
  );
  return [
    `A local Entra ID, for development and tests only. Stop it with Ctrl+C.`,
    `Authority     ${emulator.authority()}`,
    `Sign in       ${signInLink(emulator)}`,
    `Request log   ${emulator.url}/log`,
    ...section("Users, with their passwords", users),
    ...section("Applications, with their client ids and secrets", apps),
    ...(emulator.ca === undefined ? [] : section("CA certificate", [emulator.ca.trimEnd()])),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return ["", title, ...lines];
}

/** The sign-in ends at the log page, where a newcomer sees what went over the wire. */
function signInLink(emulator: Emulator): string {
  const parameters = new URLSearchParams({
    client_id: emulator.apps["web"]?.clientId ?? "",
    response_type: "code",
    redirect_uri: `${emulator.url}/log`,
    scope: "openid profile offline_access User.Read",
    prompt: "select_account",
  });
  return `${emulator.authority()}/oauth2/v2.0/authorize?${parameters.toString()}`;
}
