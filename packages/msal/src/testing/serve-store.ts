import type { TokenStore } from "../cache/token-store.ts";
import type { StoreProcessPort, StoreReport, StoreTask } from "./store-process.ts";
import { storeTasks } from "./store-tasks.ts";

/**
 * Makes a program one of the processes of {@link storeProcessConformance}: it opens stores and does with them what it is
 * told. The whole program:
 *
 * @example
 *
 * ```ts
 * import { join } from "node:path";
 * import { fileStore } from "msal-ts/stores/file";
 * import { serveStore } from "msal-ts/testing";
 *
 * const folder = process.argv[2] ?? "stores";
 * serveStore(process, (place) => fileStore({ path: join(folder, place, "tokens.json") }));
 * ```
 *
 * @param port - Node's `process`.
 * @param open - Opens the store of a place, which is a word of letters, digits and hyphens: it names a folder or begins
 *   the keys. All processes get the same one.
 */
export function serveStore(port: StoreProcessPort, open: (place: string) => TokenStore | Promise<TokenStore>): void {
  const stores = new Map<string, Promise<TokenStore>>();
  const report = (message: StoreReport): void => void port.send?.(message);

  function storeOf(place: string): Promise<TokenStore> {
    const store = stores.get(place) ?? Promise.resolve(open(place));
    stores.set(place, store);
    return store;
  }
  async function perform(task: StoreTask): Promise<void> {
    const { id, name, place } = task;
    try {
      const store = await storeOf(place);
      const result = await storeTasks[name](store, task, () => report({ id, begun: true }));
      report({ id, result });
    } catch (error) {
      report({ id, fault: error instanceof Error ? error.message : String(error) });
    }
  }

  port.on("message", (task) => void perform(task));
  // Whoever tests is gone.
  port.on("disconnect", () => port.exit());
  report({ ready: true });
}
