import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { mustSkip } from "../must-skip.ts";
import { nextLine } from "./next-line.ts";

/** A Secret Service of our own, on a bus of its own. */
export interface SecretService extends AsyncDisposable {
  /** The environment of a process that is to find it, and no other. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Whether tests have to do without a keyring. */
export function skipsKeyring(): boolean {
  const isInstalled = ["gnome-keyring-daemon", "dbus-run-session", "dbus-send"].every(
    (program) => spawnSync(program, ["--version"]).error === undefined,
  );
  const install = "apt-get install gnome-keyring dbus-daemon dbus-bin";
  return mustSkip({ name: "A Secret Service", isInstalled, install });
}

/**
 * The session: it unlocks the keyring with the password on the command line (or leaves it locked), says its address
 * when the service is there, and ends with its input. Bus and keyring end with the session.
 */
const session = `
  if [ -n "$1" ]; then printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets
  else gnome-keyring-daemon --start --components=secrets; fi >/dev/null
  ask="dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner"
  until $ask string:org.freedesktop.secrets | grep -q "boolean true"; do sleep 0.02; done
  echo "$DBUS_SESSION_BUS_ADDRESS"
  read -r _
`;

/** The environment of a process whose home is this folder, and which has no bus and no screen. */
export function homeEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: home,
    XDG_DATA_HOME: join(home, "data"),
    XDG_RUNTIME_DIR: join(home, "run"),
    // Else the usual place is looked at.
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, "no-bus")}`,
  };
}

/** Starts a bus and a keyring with its files in a home of its own. Without a password the keyring stays locked. */
export async function startSecretService(home: string, password = ""): Promise<SecretService> {
  const environment = homeEnvironment(home);
  await mkdir(join(home, "run"), { recursive: true, mode: 0o700 });
  const child = spawn("dbus-run-session", ["--", "sh", "-c", session, "session", password], {
    env: environment,
    // What the programs say there is about screens that they do not have.
    stdio: ["pipe", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const address = await nextLine(child, createInterface(child.stdout));
  return {
    environment: { ...environment, DBUS_SESSION_BUS_ADDRESS: address },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
