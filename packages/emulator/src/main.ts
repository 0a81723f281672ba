import { parseArgs } from "node:util";
import type { EmulatorUser } from "./directory.ts";
import { startEmulator, type Emulator } from "./emulator.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import { writeCredentials, writePem } from "./write-credentials.ts";

const usage = `Starts a local Entra ID.

  --port <number>               the port on loopback (default 8400; 0: any free one)
  --https                       speak HTTPS with a CA made at start, printed below
  --ca-file <path>              write that CA to a file, for NODE_EXTRA_CA_CERTS
  --write-credentials <folder>  write the applications' certificates and keys as PEM files
  --help                        show this text`;

/** What the command line asks for. */
interface Wishes {
  readonly options: EmulatorOptions;
  readonly caFile: string | undefined;
  readonly credentialsFolder: string | undefined;
}

try {
  await run();
} catch (error) {
  if (!isMendable(error)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const wishes = readWishes();
  if (wishes === undefined) {
    console.log(usage);
    return;
  }
  const emulator = await startEmulator(wishes.options);
  try {
    const written = await writeFiles(emulator, wishes);
    console.log(describe(emulator, written));
  } catch (error) {
    await emulator.close();
    throw error;
  }
  process.once("SIGINT", () => void emulator.close());
  process.once("SIGTERM", () => void emulator.close());
}

/** A wrong option, a taken port, a folder that is closed: the message tells it, and a stack trace would only hide it. */
function isMendable(error: unknown): error is Error {
  return error instanceof TypeError || (error instanceof Error && "syscall" in error);
}

function readWishes(): Wishes | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8400" },
      https: { type: "boolean", default: false },
      "ca-file": { type: "string" },
      "write-credentials": { type: "string" },
      help: { type: "boolean" },
    },
  });
  const { port, https, "ca-file": caFile, "write-credentials": credentialsFolder } = values;
  if (values.help === true) return undefined;
  if (!/^\d+$/.test(port)) throw new TypeError(`"port" must be a port from 0 to 65535: got "${port}".`);
  if (caFile !== undefined && !https)
    throw new TypeError(`"ca-file" must come with --https: without it there is no CA.`);
  for (const [name, path] of Object.entries({ "ca-file": caFile, "write-credentials": credentialsFolder })) {
    if (path === "") throw new TypeError(`"${name}" must be a path: got an empty one.`);
  }
  return { options: { port: Number(port), https }, caFile, credentialsFolder };
}

async function writeFiles(emulator: Emulator, { caFile, credentialsFolder }: Wishes): Promise<string[]> {
  const ca = caFile === undefined || emulator.ca === undefined ? [] : [await writePem(caFile, emulator.ca)];
  if (credentialsFolder === undefined) return ca;
  return [...ca, ...(await writeCredentials(credentialsFolder, Object.values(emulator.apps)))];
}

function describe(emulator: Emulator, written: readonly string[]): string {
  const users = Object.values(emulator.users).map((user) =>
    `  ${user.username.padEnd(30)} ${user.password.padEnd(16)} ${remarkOn(user)}`.trimEnd(),
  );
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
    ...(written.length === 0
      ? []
      : section(
          "Files",
          written.map((path) => `  ${path}`),
        )),
    ...(emulator.ca === undefined ? [] : section("CA certificate", [emulator.ca.trimEnd()])),
  ].join("\n");
}

function remarkOn({ condition, federated, mfa, otp }: EmulatorUser): string {
  if (condition !== undefined) return condition;
  if (federated) return "federated";
  if (mfa === "unregistered") return "needs a second factor, has none";
  return mfa === "required" ? `second factor ${otp}` : "";
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
