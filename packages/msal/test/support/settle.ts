/**
 * Lets everything run that waits for neither clock nor network. An answer out of memory takes a handful of turns of the
 * event loop to be read.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
}
