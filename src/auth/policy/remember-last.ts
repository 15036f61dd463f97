/**
 * The same reading, which does not read a text again that it has just read: in one evaluation many statements ask
 * for the same address or time, and a client's next request comes from the same address.
 */
export function rememberLast<Value>(read: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) };
    return last.value;
  };
}
