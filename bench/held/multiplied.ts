/**
 * Copies the entries of number 0 in a cache's state for all other numbers: to fetch them one by one takes some
 * libraries minutes, since they look through all that they have for each.
 */
export function multiplied(state: string, count: number, nameOf: (number: number) => string): string {
  const sections = JSON.parse(state) as Record<string, Record<string, object>>;
  for (const section of Object.values(sections)) {
    const samples = Object.entries(section).map((entry) => JSON.stringify(entry));
    for (let number = 1; number < count; number += 1) {
      for (const sample of samples) {
        const [key, entry] = JSON.parse(sample.replaceAll(nameOf(0), nameOf(number))) as [string, object];
        section[key] = entry;
      }
    }
  }
  return JSON.stringify(sections);
}
