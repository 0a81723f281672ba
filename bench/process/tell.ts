/** Says a figure to the process that started this one, as `runProgram` reads it. */
export function tell(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify([name, value])}\n`);
}
