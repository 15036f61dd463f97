/** Longest key in bytes of UTF-8, as the cloud has it. */
const MAX_KEY_BYTES = 1023;

/** What is wrong with a bucket's name, as a sentence; undefined where nothing is. */
export function bucketNameProblem(bucket: string): string | undefined {
  if (/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket)) return undefined;
  return (
    `The bucket name "${shown(bucket)}" is not valid: 3 to 63 lower-case letters, digits and hyphens, ` +
    'a letter or digit at both ends.'
  );
}

/** What is wrong with an object's key, as a sentence; undefined where nothing is. */
export function objectKeyProblem(key: string): string | undefined {
  if (key === '') return 'The object key is empty: name the object behind the bucket, as in oss://bucket/key.';
  if (/\p{Surrogate}/u.test(key)) return 'The object key is not valid UTF-8: it holds half of a surrogate pair.';
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) return `The object key has ${bytes} bytes of UTF-8: ${MAX_KEY_BYTES} at most.`;
  if (/^[/\\]/.test(key)) return `The object key "${shown(key)}" begins with a slash or backslash: leave it out.`;
  return undefined;
}

/** Text of a caller inside a message: control characters escaped, 200 characters at most. */
export function shown(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return short.replaceAll(/\p{Cc}/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
