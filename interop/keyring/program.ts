/**
 * A desktop program that keeps its tokens encrypted with a key from the keyring. Its arguments are the file, and a text
 * to put into a partition; it starts at a line of input and prints an {@link Outcome}.
 */
import { once } from "node:events";
import { inspect } from "node:util";
import { encryptedStore, keyFromKeyring } from "msal-ts/stores/encrypted";
import { fileStore } from "msal-ts/stores/file";
import type { Outcome } from "./run-program.ts";

const [path = "", text] = process.argv.slice(2);
const key = keyFromKeyring({ service: "Contoso Desktop" });
const store = encryptedStore(fileStore({ path }), { key });

console.log("ready");
await once(process.stdin, "data");
console.log(JSON.stringify(await run()));
process.exit();

async function run(): Promise<Outcome> {
  try {
    if (text !== undefined) await store.set(`user:${text}`, text, {});
    const partitions = (await store.list?.()) ?? [];
    const texts = await Promise.all(partitions.map(async (partition) => (await store.get(partition))?.data ?? ""));
    return { texts: texts.toSorted() };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "none";
    return { error: { code, message: String(error), all: inspect(error, { depth: 10, showHidden: true }) } };
  }
}
