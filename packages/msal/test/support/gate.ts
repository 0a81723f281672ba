/** Holds back whoever waits, until a test opens it. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** A closed {@link Gate}. */
export function createGate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Until what runs in the background has come to its end, when it waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
