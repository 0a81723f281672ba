/** All three forms of RFC 9110, section 5.6.7, begin with the day of the week. */
const weekday = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * The time in an HTTP header such as `Date` or `Retry-After`, in epoch seconds; `undefined` when it is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string | null): number | undefined {
  // `Date.parse` takes much for a date that is none, such as "page 5".
  if (text === null || !weekday.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
