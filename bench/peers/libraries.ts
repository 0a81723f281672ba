import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pythonInterpreter, skipsPython } from "@msal-ts/interop/python";

/** A library that is measured. */
export interface Library {
  readonly name: string;
  /** What it runs on. */
  readonly runtime: "node" | "python";
}

export const bareLookUp: Library = { name: "bare look-up", runtime: "node" };
export const ours: Library = { name: "msal-ts", runtime: "node" };
export const msalNode: Library = { name: "@azure/msal-node", runtime: "node" };
export const azureIdentity: Library = { name: "@azure/identity", runtime: "node" };
export const msalPython: Library = { name: "MSAL Python", runtime: "python" };

/** The libraries that are there. Without MSAL Python a line says so; in CI that is a failure. */
export function installed(libraries: readonly Library[]): readonly Library[] {
  const isMissing = libraries.includes(msalPython) && skipsPython();
  return isMissing ? libraries.filter((library) => library !== msalPython) : libraries;
}

/** Which versions take part, in one line. */
export function versions(): string {
  const { resolve } = createRequire(import.meta.url);
  const ofPackage = ({ name }: Library): string => {
    const path = resolve(name).replace(new RegExp(`(node_modules/${name})/.*`), "$1/package.json");
    return `${name} ${(JSON.parse(readFileSync(path, "utf8")) as { version: string }).version}`;
  };
  const ofPython = ({ name }: Library): string => {
    const program = "import msal, platform; print(msal.__version__, 'on Python', platform.python_version())";
    return `${name} ${execFileSync(pythonInterpreter(), ["-c", program], { encoding: "utf8" }).trim()}`;
  };
  const python = installed([msalPython]).map(ofPython);
  return [...[msalNode, azureIdentity].map(ofPackage), ...python].join(", ");
}
